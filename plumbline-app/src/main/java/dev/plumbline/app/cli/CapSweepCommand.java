package dev.plumbline.app.cli;

import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.nano.grammar.Split;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.steer.Calibration;
import dev.plumbline.steer.ProjectionPopulation;
import dev.plumbline.study.AssistantShift;
import dev.plumbline.study.CalibratedAxis;
import dev.plumbline.study.CapGoal;
import dev.plumbline.study.CapMeasures;
import dev.plumbline.study.CapSetting;
import dev.plumbline.study.CapSweep;
import dev.plumbline.study.CappingReport;
import dev.plumbline.study.ConversationTokens;
import dev.plumbline.study.Trial;
import dev.plumbline.study.TrialFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cap to use. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = {
            "Measure caps: every window of layers at every percentile, on the same prompts with the same seeds, each once.",
            "",
            "Writes capping.json, capping.html, trade-off.svg and .png, and capping_config.pt and .json with every setting. The"
                    + " recommended setting was chosen on these prompts: measure it on others (plumb study capping does)."
                    + " Answers are kept in answers.jsonl as they are scored: the same command goes on where one was stopped."
        },
        footer = {
            "",
            "Examples:",
            "  plumb cap sweep --model nano --run runs/nano --out sweep",
            "  plumb cap sweep --model nano --run runs/nano --act-on all,prompt --out sweep",
            "  plumb cap sweep --model qwen3-4b --run runs/qwen --harm jailbreaks.jsonl --capability tasks.jsonl"
                    + " --judge gpt-4.1-mini --out sweep"
        })
final class CapSweepCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final CalibrationOptions calibration = new CalibrationOptions();

    @Mixin
    private final GridOptions grid = new GridOptions();

    @Mixin
    private final MeasureOptions measures = new MeasureOptions();

    @Option(
            names = "--act-on",
            split = ",",
            defaultValue = "all",
            paramLabel = "TOKENS",
            description =
                    "Tokens that a cap acts on: all, as published; prompt (all but the assistant's own, which is told in"
                            + " --positions) or response. Several are tried one after another. Default: ${DEFAULT-VALUE}.")
    private List<ConversationTokens> actOn = List.of(ConversationTokens.ALL);

    @Option(
            names = "--tolerance",
            defaultValue = "0.02",
            paramLabel = "X",
            description = "Capability that a cap may cost. Default: ${DEFAULT-VALUE}.")
    @Within(least = 0, most = 1)
    private double tolerance;

    @Option(
            names = "--reduction",
            defaultValue = "0.5",
            paramLabel = "X",
            description = "Share of the harm that it should take away. Default: ${DEFAULT-VALUE}.")
    @Within(least = 0, most = 1)
    private double reduction;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    CapSweepCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        AssistantAxis axis = calibration.axis();
        ProjectionPopulation population = calibration.population(axis, model::load, console);
        Calibration calibrated = population.calibration();
        try (LanguageModel loaded = model.load()) {
            List<CapSetting> settings = settings(calibrated, loaded.config().nLayers());
            CapMeasures asked = measures.measures(model.model(), Split.TRAINED, seed);
            Optional<AssistantShift> shift =
                    calibration.assistant().map(answers -> new AssistantShift(loaded, lastOf(axis), answers));
            CapSweep sweep;
            try (TrialFolder folder = TrialFolder.open(
                            out,
                            new ModelName(loaded, model.name()),
                            sampling.sampling(),
                            seed,
                            measures.parameters());
                    Progress progress = console.progress("asking", "answers", CapSweep.answers(settings, asked))) {
                sweep = CapSweep.run(
                        new Trial(loaded, sampling.sampling(), seed, folder),
                        settings,
                        asked,
                        new CapGoal(reduction, tolerance),
                        shift,
                        () -> progress.by(1));
                console.resumed(folder.resumed());
            }
            CappingReport report = CappingReport.of(sweep, model.name());
            report.write(out);
            for (String ending : List.of("pt", "json")) {
                CappingConfigFile.write(
                        out.resolve("capping_config." + ending),
                        calibrated.config(
                                grid.windows(loaded.config().nLayers()),
                                grid.percentiles(),
                                calibration.provenance(model.name(), population)));
            }
            if (json) {
                console.json(report.numbers());
            } else {
                report.lines().forEach(console::data);
                CapSetting chosen = sweep.recommendation().chosen().setting();
                console.data("");
                console.data("Talk to it under the cap:      plumb chat --model " + model.model() + " --vector "
                        + calibration.axisFile() + " --cap "
                        + out.resolve("capping_config.pt") + "#"
                        + chosen.experiment() + PositionOptions.of(chosen.tokens()));
                console.data("Open the report in a browser:  " + out.resolve(CappingReport.PAGE));
            }
        }
        return ExitCode.OK;
    }

    private List<CapSetting> settings(Calibration calibrated, int nLayers) {
        CalibratedAxis axis = new CalibratedAxis("", calibrated);
        return actOn.stream()
                .flatMap(tokens -> CapSetting.grid(axis, grid.windows(nLayers), grid.percentiles(), tokens).stream())
                .toList();
    }

    private static Direction lastOf(AssistantAxis axis) {
        int[] layers = axis.vectors().layers();
        return axis.at(layers[layers.length - 1]);
    }
}
