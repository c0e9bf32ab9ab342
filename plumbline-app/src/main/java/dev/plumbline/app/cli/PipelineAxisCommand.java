package dev.plumbline.app.cli;

import dev.plumbline.pipeline.PipelineRun;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Step 5. */
@Command(
        name = "axis",
        mixinStandardHelpOptions = true,
        description = "Compute the Assistant Axis from the vectors: per layer, the default's minus the roles' mean.",
        footer = {"", "Example:", "  plumb pipeline axis --out runs/nano"})
final class PipelineAxisCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    PipelineAxisCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (PipelineBars bars = new PipelineBars(console);
                PipelineRun run = options.open(Optional.empty(), bars)) {
            return new PipelineOutcome(console).report(run.axis(), json);
        }
    }
}
