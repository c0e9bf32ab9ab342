package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.judge.LabelJudge;
import dev.plumbline.nano.eval.NanoMeasures;
import dev.plumbline.nano.grammar.Split;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.spec.InterventionSpec;
import dev.plumbline.steer.spec.SpecContext;
import dev.plumbline.study.Completion;
import dev.plumbline.study.DoseResponse;
import dev.plumbline.study.Gauge;
import dev.plumbline.study.Labels;
import dev.plumbline.study.PromptFile;
import dev.plumbline.study.SteeringReport;
import dev.plumbline.study.Trial;
import dev.plumbline.text.Conversation;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
                    + " steering.html and the figures."
        },
        footer = {
            "",
            "Examples:",
            "  plumb study steering --model nano --vector runs/nano/axis.pt@2:5 --strengths -2,-1,1,2 --out steering",
            "  plumb study steering --model qwen3-4b --vector axis.pt@18 --unit norm --norms-on chat.json"
                    + " --strengths -0.5,-0.25,0.25 --prompts who.jsonl --judge deepseek-chat --out steering",
            "  plumb study steering --model gemma-2-2b --vector axis.pt@13 --strengths -1,1 --prefill \"<bos>My job is to\""
                    + " --out steering"
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
    private @Nullable Path gapAxis;

    @Option(names = "--norms-on", split = ",", paramLabel = "FILE", description = "As for plumb generate.")
    private List<Path> normTexts = List.of();

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description =
                    "JSONL with question, and a system prompt if any. Default for nano: who it is, by default and in"
                            + " roles.")
    private @Nullable Path prompts;

    @Option(names = "--prefill", paramLabel = "TEXT", description = "Beginnings to go on with, in place of prompts.")
    private List<String> prefills = List.of();

    @Option(
            names = "--size",
            defaultValue = "60",
            paramLabel = "N",
            description = "Prompts for nano; completions of each beginning. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int size;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "Model that sorts answers, by its server's name for it.")
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
        try (LanguageModel loaded = model.load()) {
            SpecContext context = InterventionOptions.context(loaded, gapAxis, normTexts);
            if (!prefills.isEmpty()) {
                complete(loaded, context);
                return ExitCode.OK;
            }
            List<Conversation> asked = prompts();
            DoseResponse response;
            try (Progress progress = console.progress("asking", "answers", (strengths.size() + 1L) * asked.size())) {
                response = DoseResponse.run(
                        new Trial(loaded, sampling.sampling(), seed),
                        strength -> Treatment.everywhere(spec(strength).on(context)),
                        strengths,
                        asked,
                        gauges(),
                        () -> progress.by(1));
            }
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

    private void complete(LanguageModel loaded, SpecContext context) {
        for (double strength : strengths) {
            Treatment treatment = strength == 0
                    ? Treatment.none()
                    : Treatment.everywhere(spec(strength).on(context));
            for (Completion completion : Completion.of(loaded, prefills, size, treatment, sampling.sampling(), seed)) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("strength", strength);
                line.put("prefill", completion.prefill());
                line.put("text", completion.text());
                console.json(line);
            }
        }
    }

    private InterventionSpec spec(double strength) {
        return InterventionSpec.steering(
                vector + "=" + new BigDecimal(strength).toPlainString() + (unit.equals("raw") ? "" : unit));
    }

    private List<Conversation> prompts() {
        if (prompts != null) {
            return PromptFile.read(prompts);
        }
        if (model.model().equals(Models.NANO)) {
            return new NanoMeasures(Split.TRAINED, seed).identityQuestions(size);
        }
        throw new IllegalArgumentException("Only for nano is it known what to ask; give --prompts");
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
        throw new IllegalArgumentException("Only nano's answers can be sorted without a judge; give --judge");
    }
}
