package dev.plumbline.app.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Analyses a run, and draws it. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Analyse a run's vectors: components, cosines, roles along the axis.",
            "",
            "Writes report.html (one file, works offline), analysis.json (every number) and figures/ (SVG and PNG)."
        },
        footer = {
            "",
            "Examples:",
            "  plumb report --run runs/nano",
            "  plumb report --run runs/qwen --layer 32 --out paper/qwen"
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--run", required = true, paramLabel = "DIR", description = "The run's directory.")
    private Path run = Path.of("");

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description =
                    "0-based layer of the components and positions. Default: the published one for the paper's models, else"
                            + " the middle one, as in the reference.")
    @Within(least = 0)
    private @Nullable Integer layer;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write. Default: report/ in the run's directory.")
    private @Nullable Path out;

    @Option(
            names = "--dpi",
            defaultValue = "200",
            paramLabel = "N",
            description = "Of the PNGs. Default: ${DEFAULT-VALUE}.")
    @Within(least = 20, most = 1200)
    private int dpi;

    @Option(names = "--json", description = "The findings as one JSON object on stdout.")
    private boolean json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunReport report = RunReport.of(run, layer == null ? OptionalInt.empty() : OptionalInt.of(layer));
        Path folder = out == null ? run.resolve("report") : out;
        report.write(folder, dpi);
        if (json) {
            console.json(report.findings());
        } else {
            console.data(String.format(
                    Locale.ROOT,
                    "layer %d: PC1-axis cosine %.3f, %d components for 70 %% of the variance",
                    report.findings().layer(),
                    report.findings().pc1AxisCosine(),
                    report.findings().components70()));
            console.data(folder.resolve(RunReport.PAGE).toString());
        }
        return ExitCode.OK;
    }
}
