package dev.plumbline.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Length of the axis at every layer, and its cosine with that at the target layer. */
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description = "Length of the axis at every layer, and its cosine with that at the target layer.",
        footer = {"", "Examples:", "  plumb analyze layers llama-3.3-70b --out analysis"})
final class AnalyzeLayersCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final AnalysisOptions options = new AnalysisOptions();

    AnalyzeLayersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return options.write(options.read().layers(), console);
    }
}
