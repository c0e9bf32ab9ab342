package dev.plumbline.benchmark;

import dev.plumbline.statistics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a benchmark found.
 *
 * @param peakResidentBytes most memory that the process has had, where the system tells
 */
public record BenchmarkReport(
        Machine machine,
        ModelSummary model,
        Ceilings ceilings,
        List<Measurement> measurements,
        OptionalLong peakResidentBytes) {

    private static final List<String> HEADINGS =
            List.of("test", "batch", "hooks", "tokens/s", "slowest", "fastest", "of ceiling [95 %]", "overhead [95 %]");

    public BenchmarkReport {
        measurements = List.copyOf(measurements);
    }

    /** A Markdown table under lines that say what, where and how fast that could be. */
    public String markdown() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        measurements.forEach(measurement -> rows.add(row(measurement)));
        int[] widths = new int[HEADINGS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder(preamble());
        for (int r = 0; r < rows.size(); r++) {
            text.append('|');
            for (int i = 0; i < widths.length; i++) {
                text.append(String.format(
                        " %" + (i == 0 || i == 2 ? "-" : "") + widths[i] + "s |",
                        rows.get(r).get(i)));
            }
            text.append('\n');
            if (r == 0) {
                for (int i = 0; i < widths.length; i++) {
                    text.append('|').append("-".repeat(widths[i] + 1)).append(i == 0 || i == 2 ? '-' : ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private String preamble() {
        String peak = peakResidentBytes.isPresent()
                ? format("; peak memory %.2f GB", peakResidentBytes.getAsLong() / 1e9)
                : "";
        return format(
                        "%s, %d layers, %d wide, %s on %s%s%n",
                        model.architecture(),
                        model.layers(),
                        model.dModel(),
                        model.dtype(),
                        model.device(),
                        (model.layout().equals("rows") && model.dtype().equals("bf16") ? ", weights in rows" : "")
                                + (model.lanes() == 1 ? "" : ", in " + model.lanes() + " lanes"))
                + format(
                        "%s, %d cores, %d threads; Java %s, libtorch %s, %s%s%s%n",
                        machine.processor(),
                        machine.cores(),
                        machine.threads(),
                        machine.java(),
                        machine.libtorch(),
                        machine.system(),
                        machine.settings().isEmpty() ? "" : "; " + String.join(", ", machine.settings()),
                        peak)
                + format(
                        "ceilings: linear bf16 %.0f GFLOP/s (best shape %.0f), f32 %.0f (%.0f); memory %.1f GB/s%n%n",
                        ceilings.bf16().gigaflops(),
                        ceilings.bf16().fastest(),
                        ceilings.f32().gigaflops(),
                        ceilings.f32().fastest(),
                        ceilings.readGigabytesPerSecond());
    }

    private static List<String> row(Measurement measurement) {
        Workload workload = measurement.workload();
        return List.of(
                workload.name(),
                Integer.toString(workload.batch()),
                workload.load().name().toLowerCase(Locale.ROOT),
                format("%.1f", measurement.tokensPerSecond()),
                format("%.1f", measurement.slowest()),
                format("%.1f", measurement.fastest()),
                share(measurement.share()),
                measurement.overhead().map(BenchmarkReport::change).orElse(""));
    }

    private static String share(Estimate share) {
        return format("%.0f %% [%.0f, %.0f]", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }

    private static String change(Estimate change) {
        return format("%+.1f %% [%+.1f, %+.1f]", 100 * change.value(), 100 * change.low(), 100 * change.high());
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
