package dev.plumbline.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.UnsupportedModelException;
import java.util.List;

/** The architectures that can be loaded. */
public final class Families {

    private static final List<Family> ALL = List.of(new Qwen3());

    private Families() {}

    /**
     * What a checkpoint's configuration means.
     *
     * @throws UnsupportedModelException if its architecture, or a key of it, is not supported
     */
    public static ModelConfig config(Checkpoint checkpoint) {
        return config(checkpoint.config());
    }

    /** As {@link #config(Checkpoint)}, of the parsed {@code config.json} alone. */
    public static ModelConfig config(ObjectNode config) {
        ConfigReader reader = new ConfigReader(config);
        try {
            ModelConfig result = of(config).config(reader);
            reader.requireAllUsed();
            return result;
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException("config.json: " + e.getMessage());
        }
    }

    /**
     * Builds the decoder of a checkpoint on its weights.
     *
     * @throws UnsupportedModelException if the architecture, a key of its configuration, or a weight is not supported
     */
    public static Decoder decoder(Checkpoint checkpoint, Weights weights) {
        return new Decoder(config(checkpoint), of(checkpoint.config()).weightNames(), weights);
    }

    private static Family of(ObjectNode config) {
        JsonNode architectures = config.path("architectures");
        for (Family family : ALL) {
            if (architectures.size() == 1 && architectures.get(0).asText().equals(family.architecture())) {
                return family;
            }
        }
        throw new UnsupportedModelException("config.json: architectures is " + architectures + "; supported are "
                + ALL.stream().map(Family::architecture).toList());
    }
}
