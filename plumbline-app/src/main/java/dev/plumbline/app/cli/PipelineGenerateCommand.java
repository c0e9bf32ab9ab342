package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.pipeline.EngineSource;
import dev.plumbline.pipeline.PipelineRun;
import dev.plumbline.pipeline.ResponseSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Step 1. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Ask every role every question, in the engine or of a server (--server-model). The engine pools the"
                        + " activations at the same time.",
        footer = {
            "",
            "Examples:",
            "  plumb pipeline generate --model nano --roles data/roles/instructions --questions data/extraction_questions.jsonl --out runs/nano",
            "  plumb pipeline generate --server-model google/gemma-2-27b-it --roles roles --questions q.jsonl"
                    + " --out runs/gemma"
        })
final class PipelineGenerateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A server needs no model here. */
    @ArgGroup(exclusive = false)
    private @Nullable ModelOptions model;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final LayerOption layers = new LayerOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    PipelineGenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<ResponseSource> remote = server.source(sampling.sampling());
        if (remote.isPresent()) {
            return generate(remote.get());
        }
        if (model == null) {
            throw new ParameterException(spec.commandLine(), "Expected --model, or --server-model for a server");
        }
        try (LanguageModel loaded = model.load()) {
            return generate(new EngineSource(
                    loaded,
                    model.name(),
                    sampling.sampling(),
                    layers.capture(loaded),
                    EngineSource.usualChunkSize(loaded)));
        }
    }

    private int generate(ResponseSource source) throws InterruptedException {
        try (PipelineBars bars = new PipelineBars(console);
                PipelineRun run = options.open(Optional.ofNullable(model).map(ModelOptions::model), bars)) {
            return new PipelineOutcome(console).report(run.generate(source), json);
        }
    }
}
