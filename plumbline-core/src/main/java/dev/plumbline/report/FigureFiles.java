package dev.plumbline.report;

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
        for (CaptionedFigure figure : figures) {
            Path svg = folder.resolve(figure.slug() + ".svg");
            AtomicFile.write(svg, StillPicture.svg(figure.figure()).getBytes(StandardCharsets.UTF_8));
            files.add(svg);
            Path png = folder.resolve(figure.slug() + ".png");
            AtomicFile.write(png, StillPicture.png(figure.figure(), dpi));
            files.add(png);
        }
        return List.copyOf(files);
    }
}
