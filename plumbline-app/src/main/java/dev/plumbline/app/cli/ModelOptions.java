package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.tensor.LinearWeight;
import picocli.CommandLine.Option;

/** Which model, and how it is to be computed. */
final class ModelOptions extends ComputeOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description =
                    "Checkpoint directory, model of the Hub (organisation/name, perhaps @revision), or \"nano\" for the"
                            + " bundled model organism.")
    private String model = "";

    /** As it was given: a directory, a model of the Hub, or {@value Models#NANO}. */
    String model() {
        return model;
    }

    /** A short name, for manifests. */
    String name() {
        return Models.shortName(model);
    }

    LanguageModel load() {
        return LanguageModel.load(Models.directory(model), loadOptions(model));
    }

    /** As {@link #load}, to continue one sequence at a time. */
    LanguageModel loadForOne() {
        return LanguageModel.load(
                Models.directory(model), loadOptions(model).withLayout(LinearWeight.Layout.ofOneSequence()));
    }
}
