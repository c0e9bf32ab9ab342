package dev.plumbline.app.cli;

import dev.plumbline.pipeline.PipelineRun;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Step 4. */
@Command(
        name = "vectors",
        mixinStandardHelpOptions = true,
        description = "Average each role's activations over the responses that are fully (score 3) and, apart, somewhat"
                + " (score 2) in role; for default, over all.",
        footer = {"", "Example:", "  plumb pipeline vectors --out runs/nano --min-count 10"})
final class PipelineVectorsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    PipelineVectorsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (PipelineBars bars = new PipelineBars(console);
                PipelineRun run = options.open(Optional.empty(), bars)) {
            return new PipelineOutcome(console).report(run.vectors(), json);
        }
    }
}
