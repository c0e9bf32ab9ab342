package dev.plumbline.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.hub.HubRepo;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.UnsupportedModelException;
import dev.plumbline.model.family.Families;
import dev.plumbline.steer.ModelSettings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The configuration of a model: its shape, or why it cannot be loaded. */
final class ConfigurationInspector {
    private final Findings findings;

    ConfigurationInspector(Findings findings) {
        this.findings = findings;
    }

    /** @param folder where {@code config.json} lies */
    void inspect(JsonNode config, Path folder) {
        inspect(() -> Families.config((ObjectNode) config), config, folder);
    }

    /** The configuration of a checkpoint, other files of which may say more. */
    void inspect(Checkpoint checkpoint) {
        inspect(() -> Families.config(checkpoint), checkpoint.config(), checkpoint.directory());
    }

    private void inspect(Supplier<ModelConfig> read, JsonNode config, Path folder) {
        try {
            ModelConfig model = read.get();
            findings.fact("layers", model.nLayers() + " (0 to " + (model.nLayers() - 1) + ")");
            findings.fact("d_model", model.dModel());
            findings.settings(ModelSettings.of(name(config, folder), model.nLayers()));
        } catch (UnsupportedModelException e) {
            findings.suspect("it cannot be loaded: " + e.getMessage());
        }
    }

    /** What the model is called: the configuration may say; a snapshot in the Hub's cache is named after a commit. */
    private static String name(JsonNode config, Path folder) {
        String given = config.path("_name_or_path").asText("");
        Path absolute = folder.toAbsolutePath().normalize();
        return HubRepo.ofSnapshot(absolute)
                .map(HubRepo::id)
                .orElseGet(() -> given.isEmpty() ? String.valueOf(absolute.getFileName()) : given);
    }
}
