package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.pipeline.PipelineSummary;
import dev.plumbline.study.CappingReport;
import dev.plumbline.study.TrialLog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job, on the bundled organism. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Find the Assistant Axis of the bundled model organism, offline.",
            "",
            "Every role is asked questions; its activations are averaged where the judge finds it in character; the axis"
                    + " runs from the roles' mean to the default Assistant. It is the same code that maps any Qwen3"
                    + " checkpoint (plumb pipeline run), and a real run each time: another seed gives slightly other"
                    + " numbers."
        },
        footer = {"", "Examples:", "  plumb demo", "  plumb demo --seed 2 --json"})
final class DemoCommand implements Callable<Integer> {
    private static final int DPI = 200;
    /** Prompts of each kind to choose a cap by, and to measure it on. */
    private static final int CHOOSE_BY = 60;

    private static final int MEASURE_ON = 48;

    private final Console console;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--question-count",
            defaultValue = "12",
            paramLabel = "N",
            description = "Questions for each of the five instructions of a role. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int questionCount;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run directory; the same command goes on where an earlier one stopped. Default:"
                    + " plumbline-demo-<seed> here.")
    private @Nullable Path out;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        Path folder = folder();
        PipelineSummary summary;
        CappingReport capping;
        try (LanguageModel model = OrganismRun.load()) {
            summary = new OrganismRun(folder, seed, questionCount).run(model, console);
            OrganismCapping.Findings findings = new OrganismCapping(
                            folder, OrganismCapping.Grid.SMALL, CHOOSE_BY, MEASURE_ON, seed)
                    .measure(model, TrialLog.NONE, console);
            findings.write(cappingFolder(folder));
            capping = findings.report();
        }
        RunReport report = RunReport.of(folder, OptionalInt.empty());
        Path page = folder.resolve("report");
        report.write(page, DPI);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            console.json(object(summary, report, capping, page.resolve(RunReport.PAGE), seconds));
        } else {
            print(summary, report, capping, page.resolve(RunReport.PAGE), seconds);
        }
        new PipelineOutcome(console).noteLosses(summary);
        return PipelineOutcome.exitCode(summary);
    }

    private Path folder() {
        return out == null ? Path.of("plumbline-demo-" + seed) : out;
    }

    private static Path cappingFolder(Path folder) {
        return folder.resolve("capping");
    }

    private void print(PipelineSummary summary, RunReport report, CappingReport capping, Path page, double seconds) {
        RunReport.Findings findings = report.findings();
        console.data("The Assistant Axis of the bundled model organism");
        console.data("");
        console.data("  roles asked          " + (summary.roles() - 1) + " and the default Assistant");
        console.data("  responses            " + summary.responses() + ", of which " + report.kept()
                + " fully in character (the grammar's judge) or of the default");
        console.data("  most like Assistant  " + String.join(", ", findings.mostAssistant()));
        console.data("  least like it        " + String.join(", ", findings.leastAssistant()));
        console.data(String.format(
                Locale.ROOT,
                "  PC1-axis cosine      %.3f at layer %d: the direction in which the roles differ most is %s the axis",
                findings.pc1AxisCosine(),
                findings.layer(),
                findings.pc1AxisCosine() > 0.7 ? "nearly" : "not quite"));
        console.data("  components for 70 %  " + findings.components70());
        console.data(String.format(Locale.ROOT, "  seconds              %.1f", seconds));
        console.data("");
        console.data("Activation capping, in short (plumb study capping measures more)");
        console.data("");
        capping.lines().forEach(line -> console.data("  " + line));
        console.data("");
        console.data("Open the reports in a browser:  " + page);
        console.data(
                "                                " + cappingFolder(folder()).resolve(CappingReport.PAGE));
    }

    private static Map<String, Object> object(
            PipelineSummary summary, RunReport report, CappingReport capping, Path page, double seconds) {
        RunReport.Findings findings = report.findings();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("roles", summary.roles() - 1);
        object.put("responses", summary.responses());
        object.put("kept", report.kept());
        object.put("layer", findings.layer());
        object.put("pc1_axis_cosine", findings.pc1AxisCosine());
        object.put("components_70", findings.components70());
        object.put("most_assistant", findings.mostAssistant());
        object.put("least_assistant", findings.leastAssistant());
        object.put("capping", capping.numbers());
        object.put("report", page.toString());
        object.put("seconds", seconds);
        return object;
    }
}
