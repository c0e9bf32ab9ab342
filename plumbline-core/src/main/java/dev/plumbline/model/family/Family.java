package dev.plumbline.model.family;

import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.WeightNames;

/** A Hugging Face architecture. */
interface Family {

    /** The name that {@code config.json} lists under {@code architectures}. */
    String architecture();

    /** Reads every key of a configuration that matters. */
    ModelConfig config(ConfigReader json);

    WeightNames weightNames();
}
