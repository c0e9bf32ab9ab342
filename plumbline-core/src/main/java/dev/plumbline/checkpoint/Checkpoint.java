package dev.plumbline.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint directory whose configuration and headers have been read and validated; weights are untouched until
 * {@link #weights}. Immutable, and needs no native library.
 */
public final class Checkpoint {

    private static final String CONFIG = "config.json";

    /** Python writes infinities, and some configurations have them; who reads a number asks whether it is finite. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path directory;
    private final ObjectNode config;
    private final TensorFiles weights;

    private Checkpoint(Path directory, ObjectNode config, TensorFiles weights) {
        this.directory = directory;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Opens a directory that holds {@code config.json} and {@code model.safetensors}, or its shards with
     * {@code model.safetensors.index.json} or without.
     *
     * @throws MalformedCheckpointException if something is missing or damaged
     */
    public static Checkpoint open(Path directory) {
        return new Checkpoint(directory, json(directory.resolve(CONFIG)), TensorFiles.in(directory));
    }

    /** Whether a directory holds weights at all, whatever they are worth. */
    public static boolean hasWeights(Path directory) {
        return TensorFiles.areIn(directory);
    }

    /** A file that must hold a JSON object. */
    static ObjectNode json(Path path) {
        try {
            if (JSON.readTree(Files.readAllBytes(path)) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedCheckpointException(path, "is not a JSON object");
        } catch (JacksonException e) {
            throw new MalformedCheckpointException(path, "is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException e) {
            throw new MalformedCheckpointException(path, "no such file", e);
        } catch (IOException e) {
            throw new MalformedCheckpointException(path, "cannot be read: " + e.getMessage(), e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** A copy of {@code config.json}. */
    public ObjectNode config() {
        return config.deepCopy();
    }

    /** A JSON file beside {@code config.json}, if it is there. */
    public Optional<ObjectNode> json(String fileName) {
        Path path = directory.resolve(fileName);
        return Files.isRegularFile(path) ? Optional.of(json(path)) : Optional.empty();
    }

    /** All tensors by name. */
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(weights.tensors());
    }

    /**
     * SHA-256, in hexadecimal, over {@code config.json}, over the name, size and header of every safetensors file, and over
     * up to 1024 bytes in the middle of every tensor. So a trained or merged model differs from what it was made of, at the
     * price of one small read for each tensor; a change elsewhere within a tensor is not noticed.
     *
     * @throws MalformedCheckpointException if a file has become unreadable
     */
    public String identity() {
        return CheckpointIdentity.of(directory.resolve(CONFIG), weights.files());
    }

    /** Every safetensors file that holds weights. */
    Iterable<SafetensorsFile> files() {
        return weights.files().values();
    }

    /** As {@link #weights(DType, Device, LinearWeight.Layout)}, for many sequences at once. */
    public Weights weights(DType dtype, Device device) {
        return weights(dtype, device, LinearWeight.Layout.TILES);
    }

    /** Maps the files; weights are handed out in the given type, on the given device, those of projections in a layout. */
    public Weights weights(DType dtype, Device device, LinearWeight.Layout layout) {
        return new MappedWeights(this, dtype, device, layout);
    }
}
