package dev.plumbline.report;

import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.report.draw.StillPicture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes figures as files for papers. */
public final class FigureFiles {

    private FigureFiles() {}

    /**
     * Writes {@code <slug>.svg} and {@code <slug>.png} for each figure, replacing files of those names.
     *
     * @param dpi resolution of the PNGs, such as {@link StillPicture#DEFAULT_DPI}
     * @return the files, in the order of the figures
     */
    public static List<Path> write(List<CaptionedFigure> figures, Path folder, int dpi) {
        List<Path> files = new ArrayList<>();
        for (Drawn drawn :
                figures.parallelStream().map(figure -> Drawn.of(figure, dpi)).toList()) {
            files.add(write(folder.resolve(drawn.slug() + ".svg"), drawn.svg()));
            files.add(write(folder.resolve(drawn.slug() + ".png"), drawn.png()));
        }
        return List.copyOf(files);
    }

    /** A figure as the bytes of its files: figures are drawn side by side, and written one after another. */
    private record Drawn(String slug, byte[] svg, byte[] png) {
        static Drawn of(CaptionedFigure figure, int dpi) {
            return new Drawn(
                    figure.slug(),
                    StillPicture.svg(figure.figure()).getBytes(StandardCharsets.UTF_8),
                    StillPicture.png(figure.figure(), dpi));
        }
    }

    private static Path write(Path file, byte[] bytes) {
        AtomicFile.write(file, out -> out.write(bytes));
        return file;
    }
}
