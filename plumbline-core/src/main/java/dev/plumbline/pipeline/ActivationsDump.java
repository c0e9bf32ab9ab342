package dev.plumbline.pipeline;

import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.PtFile;
import dev.plumbline.artifact.PtTensor;
import dev.plumbline.artifact.PtValue;
import dev.plumbline.artifact.PtWriter;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code activations/<role>.pt}: a dict from keys to response means {@code [L, D]}, read and written one at a time. */
final class ActivationsDump implements MeanSource, AutoCloseable {

    private final PtFile file;
    private final SortedMap<RolloutKey, PtTensor> tensors = new TreeMap<>();

    private ActivationsDump(PtFile file) {
        this.file = file;
        if (!(file.root() instanceof PtValue.Dict dict)) {
            throw new MalformedArtifactException(file.path(), "is not a dict from keys (pos_p0_q0) to tensors");
        }
        for (Map.Entry<PtValue.Key, PtValue> entry : dict.entries().entrySet()) {
            if (!(entry.getKey() instanceof PtValue.Text name)
                    || !(entry.getValue() instanceof PtTensor tensor)
                    || tensor.shape().length != 2) {
                throw new MalformedArtifactException(
                        file.path(),
                        "holds " + entry.getKey() + " = " + entry.getValue() + "; expected a key like pos_p0_q0 and a"
                                + " tensor [layers, d_model]");
            }
            RolloutKey key = RolloutKey.parse(name.value())
                    .orElseThrow(() -> new MalformedArtifactException(
                            file.path(), "has the key \"" + name.value() + "\"; expected the form pos_p0_q0"));
            tensors.put(key, tensor);
        }
    }

    /** Opens a file of this program or of the reference. */
    static ActivationsDump open(Path path) {
        PtFile file = PtFile.open(path);
        try {
            return new ActivationsDump(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    static void write(Path path, MeanStore means) {
        Map<String, PtTensor> entries = new LinkedHashMap<>();
        for (RolloutKey key : means.keys()) {
            entries.put(key.toString(), PtTensor.deferred(DType.F32, means.shape(), () -> means.mean(key)));
        }
        PtWriter.write(path, PtValue.Dict.of(entries));
    }

    @Override
    public SortedSet<RolloutKey> keys() {
        return new TreeSet<>(tensors.keySet());
    }

    @Override
    public TensorData mean(RolloutKey key) {
        PtTensor tensor = tensors.get(key);
        if (tensor == null) {
            throw new IllegalArgumentException(file.path() + " has no mean of " + key);
        }
        return tensor.data();
    }

    @Override
    public void close() {
        file.close();
    }
}
