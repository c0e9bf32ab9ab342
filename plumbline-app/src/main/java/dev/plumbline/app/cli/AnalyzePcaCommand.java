package dev.plumbline.app.cli;

import dev.plumbline.direction.Scaling;
import dev.plumbline.report.VectorAnalysis;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Principal components of role or trait vectors: variance explained, and where each lies. */
@Command(
        name = "pca",
        mixinStandardHelpOptions = true,
        description = "Principal components of role or trait vectors: variance explained, and where each lies.",
        footer = {
            "",
            "Examples:",
            "  plumb analyze pca runs/nano --out analysis",
            "  plumb analyze pca qwen-3-32b --scaling l2-mean --of traits --out analysis"
        })
final class AnalyzePcaCommand implements Callable<Integer> {
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
            names = "--of",
            defaultValue = "roles",
            paramLabel = "WHICH",
            description = "roles or traits. Default: ${DEFAULT-VALUE}.")
    private VectorAnalysis.Population population = VectorAnalysis.Population.ROLES;

    @Option(
            names = "--labels",
            defaultValue = "40",
            paramLabel = "N",
            description = "Names written on a line, half at either end. Default: ${DEFAULT-VALUE}.")
    @Within(least = 2)
    private int labels;

    AnalyzePcaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return options.write(options.read(vectors).components(population, scaling, labels), console);
    }
}
