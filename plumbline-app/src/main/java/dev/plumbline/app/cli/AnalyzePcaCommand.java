package dev.plumbline.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Principal components of role or trait vectors: variance explained, and where each lies. */
@Command(
        name = "pca",
        mixinStandardHelpOptions = true,
        description = "Principal components of role or trait vectors: variance explained, and where each lies.",
        footer = {
            "",
            "Examples:",
            "  plumb analyze pca runs/nano --out analysis",
            "  plumb analyze pca qwen-3-32b --scaling l2-mean --of traits --out analysis",
            "  plumb analyze pca lu-christina/assistant-axis-vectors/qwen-3-32b --out analysis"
        })
final class AnalyzePcaCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final AnalysisOptions options = new AnalysisOptions();

    @Mixin
    private final ScalingOption scaling = new ScalingOption();

    @Mixin
    private final PopulationOption population = new PopulationOption();

    @Mixin
    private final LabelsOption labels = new LabelsOption();

    AnalyzePcaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return options.write(
                options.read().components(population.population(), scaling.scaling(), labels.labels()), console);
    }
}
