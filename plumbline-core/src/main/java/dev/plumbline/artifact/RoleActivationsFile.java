package dev.plumbline.artifact;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code activations/<role>.pt}: a dict from keys ({@code pos_p0_q17}) to the mean activation {@code [L, D]} of that
 * response. Such a file can be larger than memory, so its tensors are fetched one at a time while it is open.
 */
public final class RoleActivationsFile implements Closeable {

    private final PtFile file;
    private final SortedMap<RolloutKey, PtTensor> activations;

    private RoleActivationsFile(PtFile file, SortedMap<RolloutKey, PtTensor> activations) {
        this.file = file;
        this.activations = activations;
    }

    /**
     * Opens a file and checks that it is a dict of floating-point tensors of one shape.
     *
     * @throws MalformedArtifactException if it is not
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static RoleActivationsFile open(Path path) {
        PtFile file = PtFile.open(path);
        try {
            return new RoleActivationsFile(file, activations(path, file.root()));
        } catch (MalformedArtifactException e) {
            file.close();
            throw e;
        }
    }

    private static SortedMap<RolloutKey, PtTensor> activations(Path path, PtValue root) {
        if (!(root instanceof PtValue.Dict dict)) {
            throw new MalformedArtifactException(path, "is not a dict from keys (pos_p0_q0) to tensors");
        }
        SortedMap<RolloutKey, PtTensor> activations = new TreeMap<>();
        dict.entries().forEach((key, value) -> activations.put(key(path, key), tensor(path, key, value)));
        activations.forEach((key, tensor) -> requireSameShape(path, key, tensor, activations));
        return Collections.unmodifiableSortedMap(activations);
    }

    private static RolloutKey key(Path path, PtValue.Key key) {
        String text = key instanceof PtValue.Text name ? name.value() : key.toString();
        return RolloutKey.parse(text)
                .orElseThrow(() -> new MalformedArtifactException(
                        path, "has the key '" + text + "'; expected the form pos_p0_q0"));
    }

    private static PtTensor tensor(Path path, PtValue.Key key, PtValue value) {
        if (value instanceof PtTensor tensor
                && tensor.shape().length == 2
                && tensor.dtype().isFloatingPoint()) {
            return tensor;
        }
        throw new MalformedArtifactException(
                path, "has something else than a floating-point tensor [layers, d_model] under " + key);
    }

    private static void requireSameShape(
            Path path, RolloutKey key, PtTensor tensor, SortedMap<RolloutKey, PtTensor> activations) {
        RolloutKey first = activations.firstKey();
        long[] expected = activations.getOrDefault(first, tensor).shape();
        if (!Arrays.equals(tensor.shape(), expected)) {
            throw new MalformedArtifactException(
                    path,
                    "has a tensor " + tensor + " under " + key + "; expected " + Arrays.toString(expected)
                            + ", as under " + first);
        }
    }

    /** The activations in the order of their keys, each {@code [L, D]}. */
    public SortedMap<RolloutKey, PtTensor> activations() {
        return activations;
    }

    @Override
    public void close() {
        file.close();
    }

    /**
     * Writes activations in the order of their keys, fetching one at a time. bf16 is what the reference writes; it reads
     * any floating-point type.
     */
    public static void write(Path path, Map<RolloutKey, PtTensor> activations) {
        Map<String, PtTensor> entries = new LinkedHashMap<>();
        new TreeMap<>(activations).forEach((key, tensor) -> entries.put(key.toString(), tensor));
        PtWriter.write(path, PtValue.Dict.of(entries));
    }
}
