package dev.plumbline.app.cli;

import dev.plumbline.steer.LayerWindow;
import dev.plumbline.steer.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which windows of layers and which percentiles. */
final class GridOptions {
    @Option(
            names = "--windows",
            split = ",",
            paramLabel = "START:END",
            converter = WindowConverter.class,
            description =
                    "These windows of layers, END not included. Default: a sixteenth, an eighth and a quarter of the"
                            + " layers, from a third of the depth on.")
    private List<LayerWindow> windows = List.of();

    @Option(
            names = "--range",
            paramLabel = "START:END",
            converter = WindowConverter.class,
            description = "Every window of the --widths within this range.")
    private @Nullable LayerWindow range;

    @Option(
            names = "--widths",
            split = ",",
            paramLabel = "N",
            description = "Numbers of layers in a window, with --range. Default: 1, 2 and 4.")
    @Within(least = 1)
    private List<Integer> widths = List.of(1, 2, 4);

    @Option(
            names = "--step",
            defaultValue = "1",
            paramLabel = "N",
            description = "From the start of a window to that of the next, with --range. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int step;

    @Option(
            names = "--percentiles-along-axis",
            split = ",",
            paramLabel = "P",
            description = "Floors at these percentiles of projections along the axis, 0 to 100.")
    @Within(least = 0, most = 100)
    private List<Double> alongAxis = List.of();

    @Option(
            names = "--percentiles-along-negated-axis",
            split = ",",
            paramLabel = "P",
            description =
                    "The same, told the other way as the published configurations do: 25 here is 75 there. Default:"
                            + " 1, 25, 50 and 75, as published.")
    @Within(least = 0, most = 100)
    private List<Double> alongNegatedAxis = List.of();

    List<LayerWindow> windows(int nLayers) {
        if (!windows.isEmpty()) {
            return windows;
        }
        return range == null
                ? LayerWindow.usual(nLayers)
                : LayerWindow.sweep(
                        range, step, widths.stream().mapToInt(Integer::intValue).toArray());
    }

    List<Percentile> percentiles() {
        List<Percentile> percentiles = new ArrayList<>();
        alongNegatedAxis.forEach(percent -> percentiles.add(Percentile.alongNegatedAxis(percent)));
        alongAxis.forEach(percent -> percentiles.add(Percentile.alongAxis(percent)));
        return percentiles.isEmpty()
                ? List.of(
                        Percentile.alongNegatedAxis(1),
                        Percentile.alongNegatedAxis(25),
                        Percentile.alongNegatedAxis(50),
                        Percentile.alongNegatedAxis(75))
                : percentiles;
    }

    static final class WindowConverter implements ITypeConverter<LayerWindow> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,4}):([0-9]{1,4})");

        @Override
        public LayerWindow convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("expected START:END, such as 46:54; found \"" + text + "\"");
            }
            try {
                return new LayerWindow(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
