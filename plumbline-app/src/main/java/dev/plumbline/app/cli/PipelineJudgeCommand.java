package dev.plumbline.app.cli;

import dev.plumbline.pipeline.PipelineRun;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Step 3. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = "Score how far each response is in role, 0 to 3. Scores are kept as they come in.",
        footer = {
            "",
            "Examples:",
            "  plumb pipeline judge --judge gpt-4.1-mini --roles data/roles --out runs/qwen",
            "  plumb pipeline judge --judge nano --out runs/nano"
        })
final class PipelineJudgeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final JudgeOptions judge = new JudgeOptions();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    PipelineJudgeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (PipelineBars bars = new PipelineBars(console);
                PipelineRun run = options.open(Optional.empty(), bars)) {
            return new PipelineOutcome(console).report(run.judge(judge.judge()), json);
        }
    }
}
