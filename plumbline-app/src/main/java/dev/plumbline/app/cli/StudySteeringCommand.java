package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.judge.LabelJudge;
import dev.plumbline.nano.eval.NanoMeasures;
import dev.plumbline.nano.grammar.Split;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.spec.InterventionSpec;
import dev.plumbline.steer.spec.SpecContext;
import dev.plumbline.study.DoseResponse;
import dev.plumbline.study.Gauge;
import dev.plumbline.study.IdentityPrompts;
import dev.plumbline.study.Labels;
import dev.plumbline.study.PromptFile;
import dev.plumbline.study.SteeringReport;
import dev.plumbline.study.Trial;
import dev.plumbline.study.TrialFolder;
import dev.plumbline.text.Conversation;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What steering along a direction does, over a grid of strengths. */
@Command(
        name = "steering",
        mixinStandardHelpOptions = true,
        description = {
            "Steer along a direction with growing strength, the same prompts and seeds at each.",
            "",
            "Who answers \"Who are you?\" (role susceptibility, for nano judged by its grammar, else sorted by --judge), or with"
                    + " --prefill how sentences go on outside of any chat. Writes steering.json with every answer,"
                    + " steering.html and the figures. Answers are kept in answers.jsonl as they come: the same command goes"
                    + " on where one was stopped."
        },
        footer = {
            "",
            "Examples:",
            "  plumb study steering --model nano --vector runs/nano/axis.pt@2:5 --strengths -2,-1,1,2 --out steering",
            "  plumb study steering --model qwen3-4b --vector axis.pt@18 --unit norm --norms-on chat.json"
                    + " --strengths -0.5,-0.25,0.25 --judge deepseek-chat --out steering",
            "  plumb study steering --model gemma-2-2b --vector axis.pt@13 --strengths -1,1 --prefill \"<bos>My job is to\""
                    + " --judge deepseek-chat --out steering"
        })
final class StudySteeringCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Option(
            names = "--vector",
            required = true,
            paramLabel = "FILE@LAYERS",
            description = "The direction, as in --steer of plumb generate.")
    private String vector = "";

    @Option(
            names = "--strengths",
            required = true,
            split = ",",
            paramLabel = "A",
            description = "Strengths; 0, not steered, is always among them.")
    @Within
    private List<Double> strengths = List.of();

    @Option(
            names = "--unit",
            defaultValue = "gap",
            paramLabel = "UNIT",
            description = "Of the strengths: raw, len, gap, norm or turn, as in --steer. Default: ${DEFAULT-VALUE}.")
    private String unit = "gap";

    @Option(names = "--gap-axis", paramLabel = "FILE", description = "As for plumb generate.")
    private @Nullable InputFile gapAxis;

    @Option(names = "--norms-on", split = ",", paramLabel = "FILE", description = "As for plumb generate.")
    private List<Path> normTexts = List.of();

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description =
                    "JSONL with question, and a system prompt if any. Default: who it is, by default and in roles.")
    private @Nullable Path prompts;

    @Option(names = "--prefill", paramLabel = "TEXT", description = "Beginnings to go on with, in place of prompts.")
    private List<String> prefills = List.of();

    @Option(
            names = "--size",
            defaultValue = "60",
            paramLabel = "N",
            description = "Prompts, where none are given; completions of each beginning. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int size;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "Model that sorts answers, by its server's name for it. Completions can do without.")
    private @Nullable String judge;

    @Option(
            names = "--judge-url",
            paramLabel = "URL",
            description = "OpenAI-compatible server, up to and including /v1. Default: as the environment says.")
    private @Nullable URI judgeUrl;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    StudySteeringCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        strengths.forEach(this::spec);
        List<Gauge> gauges = gauges();
        List<Conversation> asked = prompts();
        try (LanguageModel loaded = model.load()) {
            DoseResponse response = measure(loaded, asked, gauges);
            SteeringReport report = new SteeringReport(model.name(), vector, unit, asked, response);
            report.write(out);
            if (json) {
                console.json(report.numbers());
            } else {
                report.lines().forEach(console::data);
                console.data(out.resolve(SteeringReport.PAGE).toString());
            }
        }
        return ExitCode.OK;
    }

    private DoseResponse measure(LanguageModel loaded, List<Conversation> asked, List<Gauge> gauges) {
        SpecContext context = InterventionOptions.context(loaded, gapAxis, normTexts);
        DoubleFunction<Treatment> steering =
                strength -> Treatment.everywhere(spec(strength).on(context));
        try (TrialFolder folder = TrialFolder.open(
                        out,
                        new ModelName(loaded, model.name()),
                        sampling.sampling(),
                        seed,
                        Map.of("judge", judge == null ? "none" : judge));
                Progress progress = console.progress("asking", "answers", (strengths.size() + 1L) * asked.size())) {
            Trial trial = new Trial(loaded, sampling.sampling(), seed, folder);
            DoseResponse response = prefills.isEmpty()
                    ? DoseResponse.run(trial, steering, strengths, asked, gauges, () -> progress.by(1))
                    : DoseResponse.complete(trial, steering, strengths, prefills, size, gauges, () -> progress.by(1));
            console.resumed(folder.resumed());
            return response;
        }
    }

    private InterventionSpec spec(double strength) {
        return InterventionSpec.steering(
                vector + "=" + new BigDecimal(strength).toPlainString() + (unit.equals("raw") ? "" : unit));
    }

    private List<Conversation> prompts() {
        if (!prefills.isEmpty()) {
            return DoseResponse.conversations(prefills, size);
        }
        if (prompts != null) {
            return PromptFile.read(prompts);
        }
        return model.model().equals(Models.NANO)
                ? new NanoMeasures(Split.TRAINED, seed).identityQuestions(size)
                : IdentityPrompts.of(size);
    }

    private List<Gauge> gauges() {
        if (judge != null) {
            return Labels.gauges(
                    new LabelJudge(EndpointOptions.connect(judgeUrl, 16, 50), judge, LabelJudge.SUSCEPTIBILITY),
                    LabelJudge.SUSCEPTIBILITY);
        }
        if (model.model().equals(Models.NANO)) {
            return new NanoMeasures(Split.TRAINED, seed).susceptibility();
        }
        if (!prefills.isEmpty()) {
            return List.of();
        }
        throw new IllegalArgumentException("Only nano's answers can be sorted without a judge; give --judge");
    }
}
