package dev.plumbline.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Cosines of roles and traits with the axis and with PC1 to PC3 of the roles. */
@Command(
        name = "similarity",
        mixinStandardHelpOptions = true,
        description = "Cosines of roles and traits with the axis and with PC1 to PC3 of the roles.",
        footer = {"", "Examples:", "  plumb analyze similarity qwen-3-32b --labels 30 --out analysis"})
final class AnalyzeSimilarityCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final AnalysisOptions options = new AnalysisOptions();

    @Mixin
    private final ScalingOption scaling = new ScalingOption();

    @Mixin
    private final LabelsOption labels = new LabelsOption();

    AnalyzeSimilarityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return options.write(options.read().similarities(scaling.scaling(), labels.labels()), console);
    }
}
