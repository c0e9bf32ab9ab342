package dev.plumbline.app.cli;

import dev.plumbline.direction.Scaling;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cosines of roles and traits with the axis and with PC1 to PC3 of the roles. */
@Command(
        name = "similarity",
        mixinStandardHelpOptions = true,
        description = "Cosines of roles and traits with the axis and with PC1 to PC3 of the roles.",
        footer = {"", "Examples:", "  plumb analyze similarity qwen-3-32b --labels 30 --out analysis"})
final class AnalyzeSimilarityCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "The vectors.")
    private Path vectors = Path.of("");

    @Mixin
    private final AnalysisOptions options = new AnalysisOptions();

    @Option(
            names = "--scaling",
            converter = ScalingOption.class,
            defaultValue = "mean",
            paramLabel = "SCALING",
            description =
                    "mean: take the mean away (the paper); l2-mean: and give what remains length 1. Default: ${DEFAULT-VALUE}.")
    private Scaling scaling = Scaling.MEAN;

    @Option(
            names = "--labels",
            defaultValue = "40",
            paramLabel = "N",
            description = "Names written on a line, half at either end. Default: ${DEFAULT-VALUE}.")
    @Within(least = 2)
    private int labels;

    AnalyzeSimilarityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return options.write(options.read(vectors).similarities(scaling, labels), console);
    }
}
