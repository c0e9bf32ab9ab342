package dev.plumbline.app.cli;

import dev.plumbline.capture.Compat;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.pipeline.EngineActivations;
import dev.plumbline.pipeline.EngineSource;
import dev.plumbline.pipeline.PipelineRun;
import dev.plumbline.pipeline.PipelineSummary;
import dev.plumbline.pipeline.ResponseSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All steps. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run all steps: generate, activations, judge, vectors, axis.",
            "",
            "Activations are pooled while the responses are generated, and judging goes on meanwhile. With"
                    + " --server-model a server answers, and --model reads the responses in a second pass, as it does with"
                    + " --compat reference."
        },
        footer = {
            "",
            "Examples:",
            "  plumb pipeline run --model nano --judge nano --roles data/roles/instructions --questions data/extraction_questions.jsonl"
                    + " --min-count 10 --out runs/nano",
            "  plumb pipeline run --model path/to/Qwen3-32B --judge gpt-4.1-mini --roles roles --questions q.jsonl"
                    + " --layers 32 --out runs/qwen"
        })
final class PipelineRunCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final LayerOption layers = new LayerOption();

    @Mixin
    private final JudgeOptions judge = new JudgeOptions();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CompatOption compat = new CompatOption();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    PipelineRunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LanguageModel loaded = model.load();
                PipelineBars bars = new PipelineBars(console);
                PipelineRun run = options.open(Optional.of(model.model()), bars)) {
            Optional<ResponseSource> remote = server.source(sampling.sampling());
            boolean fused = remote.isEmpty() && compat.compat() == Compat.NONE;
            PipelineSummary summary = fused
                    ? run.all(engine(loaded, layers.capture(loaded)), judge.judge())
                    : run.all(
                            remote.orElseGet(() -> engine(loaded, ResponseCapture.none())),
                            new EngineActivations(
                                    loaded, model.name(), layers.capture(loaded), compat.rule(model.model())),
                            judge.judge());
            return new PipelineOutcome(console).report(summary, json);
        }
    }

    private ResponseSource engine(LanguageModel loaded, ResponseCapture capture) {
        return new EngineSource(
                loaded, model.name(), sampling.sampling(), capture, EngineSource.usualChunkSize(loaded));
    }
}
