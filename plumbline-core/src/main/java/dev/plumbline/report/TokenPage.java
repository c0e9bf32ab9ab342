package dev.plumbline.report;

import static dev.plumbline.report.figure.Markup.escape;

import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.transcript.ConversationReading;
import dev.plumbline.transcript.ConversationReading.Token;
import dev.plumbline.transcript.ConversationReading.Turn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A conversation whose tokens are coloured by their projection, as one HTML file without scripts. The number of each token
 * is shown where the pointer rests on it.
 */
public final class TokenPage {

    private static final int SHADES = 21;
    /** Share of tokens beyond the end colour at either side: a few outliers must not make all others alike. */
    private static final double BEYOND = 0.02;

    private static final double OPACITY = 0.55;

    private TokenPage() {}

    /** Writes {@link #html} to {@code file}, which is replaced whole or not at all. */
    public static void write(
            Path file, String name, ConversationReading reading, int direction, ProjectionScale scale) {
        byte[] html = html(name, reading, direction, scale).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(html));
    }

    /**
     * The page.
     *
     * @param direction its place in the reading
     */
    public static String html(String name, ConversationReading reading, int direction, ProjectionScale scale) {
        double[] sorted = reading.turns().stream()
                .flatMap(turn -> turn.tokens().stream())
                .mapToDouble(token -> scale.show(token.projections().get(direction)))
                .sorted()
                .toArray();
        double low = sorted.length == 0 ? 0 : sorted[(int) (BEYOND * (sorted.length - 1))];
        double high = sorted.length == 0 ? 1 : sorted[(int) Math.ceil((1 - BEYOND) * (sorted.length - 1))];
        StringBuilder html = new StringBuilder(64 * (sorted.length + 100));
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<title>Tokens of " + escape(name) + "</title>\n<style>\n")
                .append(PageParts.style())
                .append(PageParts.tokenStyle());
        for (int shade = 0; shade < SHADES; shade++) {
            Colour colour = ColourScale.PERSONA.at(shade / (SHADES - 1.0));
            html.append(".c" + shade + " { background: rgba(" + colour.red() + ", " + colour.green() + ", "
                    + colour.blue() + ", " + OPACITY + "); }\n");
        }
        html.append("</style>\n</head>\n<body>\n<header>\n<p class=\"maker\">Plumbline tokens</p>\n<h1>")
                .append(escape(name))
                .append(
                        "</h1>\n<p class=\"lead\">Each token is coloured by how far it lies along the direction: rust is")
                .append(" low, on the Assistant Axis far from the Assistant; blue is high. Rest the pointer on a token")
                .append(" for its number.</p>\n")
                .append("<p class=\"scale\"><span>" + Numbers.brief(low) + "</span>");
        for (int shade = 0; shade < SHADES; shade++) {
            html.append("<i class=\"c" + shade + "\"></i>");
        }
        html.append("<span>" + Numbers.brief(high) + "</span> <small>" + escape(scale.label()) + "</small></p>\n")
                .append("</header>\n<main>\n");
        for (Turn turn : reading.turns()) {
            turn(html, turn, direction, scale, low, high);
        }
        reading.skipped()
                .forEach(skipped -> html.append("<p class=\"who\">turn " + skipped.turn() + " · "
                        + skipped.speaker().id() + " · not shown: "
                        + escape(skipped.reason().sentence()) + "</p>\n"));
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void turn(
            StringBuilder html, Turn turn, int direction, ProjectionScale scale, double low, double high) {
        html.append("<section class=\"turn " + turn.speaker().id() + "\">\n<p class=\"who\">turn " + turn.turn() + " · "
                        + turn.speaker().id() + " · mean " + Numbers.fixed(scale.show(turn.mean(direction)), 2)
                        + "</p>\n")
                .append("<p class=\"tokens\">");
        for (Token token : turn.tokens()) {
            double value = scale.show(token.projections().get(direction));
            long shade = Math.round(
                    Math.max(0, Math.min(1, high > low ? (value - low) / (high - low) : 0.5)) * (SHADES - 1));
            html.append("<span class=\"c" + shade + "\" title=\"" + Numbers.fixed(value, 2) + "\">")
                    .append(lines(token.text()))
                    .append("</span>");
        }
        html.append("</p>\n</section>\n");
    }

    /** Escaped, with its line ends. */
    private static String lines(String text) {
        return text.lines().map(line -> escape(line)).collect(Collectors.joining("\n"))
                + (text.endsWith("\n") ? "\n" : "");
    }
}
