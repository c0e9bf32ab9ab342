package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A model that a command needs only for some of what it can do. */
final class OptionalModelOptions extends ComputeOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Checkpoint directory, model of the Hub (organisation/name, perhaps @revision), or \"nano\" for the"
                            + " bundled model organism; needed only to read texts.")
    private @Nullable String model;

    /** Its short name, if there is one. */
    @Nullable
    String name() {
        return model == null ? null : Models.shortName(model);
    }

    LanguageModel load() {
        if (model == null) {
            throw new IllegalArgumentException("No model: give --model, to read texts with");
        }
        return LanguageModel.load(Models.directory(model), loadOptions(model));
    }
}
