package dev.plumbline.report;

import dev.plumbline.report.figure.Figure;

/**
 * A figure with what its reader needs.
 *
 * @param slug names its files, such as {@code axis-line}: lower-case letters, digits and hyphens
 * @param caption how to read it, in plain words
 */
public record CaptionedFigure(String slug, Figure figure, String caption) {

    public CaptionedFigure {
        if (!slug.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "Figure slug \"" + slug + "\"; expected lower-case letters, digits and single hyphens");
        }
    }
}
