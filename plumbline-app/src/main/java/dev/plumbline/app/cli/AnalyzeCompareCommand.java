package dev.plumbline.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether two models arrange the same roles or traits alike: correlation of their scores on PC1 to PC3. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Whether two models arrange the same roles or traits alike: correlation of their scores on PC1 to PC3.",
        footer = {"", "Examples:", "  plumb analyze compare qwen-3-32b llama-3.3-70b --out analysis"})
final class AnalyzeCompareCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final AnalysisOptions options = new AnalysisOptions();

    @Parameters(index = "1", paramLabel = "OTHER", description = "The vectors of the other model.")
    private InputFile other = new InputFile("");

    @Mixin
    private final ScalingOption scaling = new ScalingOption();

    @Mixin
    private final PopulationOption population = new PopulationOption();

    AnalyzeCompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return options.write(
                options.read().compare(options.read(other), population.population(), scaling.scaling()), console);
    }
}
