package dev.plumbline.model.family;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.WeightNames;
import java.util.Set;

/** A Hugging Face architecture. */
interface Family {

    /** The name that {@code config.json} lists under {@code architectures}. */
    String architecture();

    /** The name that {@code config.json} gives as {@code model_type}. */
    String modelType();

    /** Reads every key of a configuration that matters; keys that no architecture has a use for are known already. */
    ModelConfig config(ConfigReader json);

    /** What to use instead of a checkpoint with quantised weights. */
    default String unquantised() {
        return "the unquantised checkpoint";
    }

    /**
     * What a checkpoint calls the weights: most have the names of a decoder with norms before.
     *
     * @param stored names of all its tensors
     */
    default WeightNames weightNames(Set<String> stored) {
        return HuggingFaceNames.preNorm();
    }
}
