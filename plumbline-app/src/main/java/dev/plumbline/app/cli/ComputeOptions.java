package dev.plumbline.app.cli;

import dev.plumbline.generate.LoadOptions;
import picocli.CommandLine.Option;

/** How a model is to be computed. */
class ComputeOptions {
    @Option(
            names = "--dtype",
            defaultValue = "auto",
            paramLabel = "TYPE",
            description = "Type of weights and activations: auto (as stored), f32 or bf16.")
    private LoadOptions.Precision precision = LoadOptions.Precision.AUTO;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "Where to compute: auto, cpu, cuda or mps.")
    private LoadOptions.Placement placement = LoadOptions.Placement.AUTO;

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = "CPU threads; 0 leaves the choice to libtorch (and takes one for the bundled organism).")
    @Within(least = 0, most = 4096)
    private int threads;

    @Option(
            names = "--lanes",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Batches computed side by side, each by so many threads, which is faster for small models; 0 takes"
                            + " one (and for the bundled organism as many as there are processors).")
    @Within(least = 0, most = 4096)
    private int lanes;

    final LoadOptions.Precision precision() {
        return precision;
    }

    /** The options as given, for a model as it was named. */
    final LoadOptions loadOptions(String model) {
        LoadOptions options = LoadOptions.DEFAULT
                .withPrecision(precision)
                .withPlacement(placement)
                .withThreads(threads);
        LoadOptions usual = threads == 0 && model.equals(Models.NANO) ? Models.inLanes(options) : options;
        return lanes == 0 ? usual : usual.withLanes(lanes);
    }
}
