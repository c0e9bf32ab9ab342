package dev.plumbline.report.figure;

import java.util.List;

/** The colours of everything that is not on a {@link ColourScale}. */
public final class Palette {

    public static final Colour PAPER = Colour.hex("#ffffff");
    public static final Colour INK = Colour.hex("#1d2730");
    public static final Colour MUTED = Colour.hex("#5b6874");
    public static final Colour RULE = Colour.hex("#98a4af");
    public static final Colour GRID = Colour.hex("#e4e8ec");
    public static final Colour ACCENT = Colour.hex("#1f6fb2");

    /** Colours of series, in order: Okabe and Ito's set for colour-blind readers, without its yellow. */
    private static final List<Colour> SERIES = List.of(
            Colour.hex("#1f6fb2"),
            Colour.hex("#d55e00"),
            Colour.hex("#009e73"),
            Colour.hex("#cc79a7"),
            Colour.hex("#56b4e9"),
            Colour.hex("#e69f00"));

    private static final double SOFTER = 0.14;

    private Palette() {}

    /** The colour of series {@code index}; they repeat after the sixth. */
    public static Colour series(int index) {
        return SERIES.get(index % SERIES.size());
    }

    /** The colour of the bars of series {@code index}: a large area needs less of it than a line. */
    public static Colour bar(int index) {
        return series(index).towards(PAPER, SOFTER);
    }
}
