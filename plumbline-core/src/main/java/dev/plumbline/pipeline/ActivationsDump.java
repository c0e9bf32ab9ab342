package dev.plumbline.pipeline;

import dev.plumbline.artifact.PtTensor;
import dev.plumbline.artifact.RoleActivationsFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code activations/<role>.pt} as a source of means. */
record ActivationsDump(RoleActivationsFile file) implements MeanSource, AutoCloseable {

    static ActivationsDump open(Path path) {
        return new ActivationsDump(RoleActivationsFile.open(path));
    }

    /** Writes all means there are, in fp32. */
    static void write(Path path, MeanStore means) {
        SortedMap<RolloutKey, PtTensor> activations = new TreeMap<>();
        for (RolloutKey key : means.keys()) {
            activations.put(key, PtTensor.deferred(DType.F32, means.shape(), () -> means.mean(key)));
        }
        RoleActivationsFile.write(path, activations);
    }

    @Override
    public SortedSet<RolloutKey> keys() {
        return new TreeSet<>(file.activations().keySet());
    }

    @Override
    public TensorData mean(RolloutKey key) {
        PtTensor tensor = file.activations().get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no mean of " + key);
        }
        return tensor.data();
    }

    @Override
    public void close() {
        file.close();
    }
}
