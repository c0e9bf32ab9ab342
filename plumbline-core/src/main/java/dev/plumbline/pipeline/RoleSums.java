package dev.plumbline.pipeline;

import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.PtFile;
import dev.plumbline.artifact.PtTensor;
import dev.plumbline.artifact.PtValue;
import dev.plumbline.artifact.PtWriter;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that vectors need of a role: for each kind of response ({@code pos_0} … {@code pos_3} by score, or {@code mean} for
 * the default Assistant) how many there are and the sum of their means. Sums are fp64, added in the order of the keys, so
 * they do not depend on the order in which responses were made or judged.
 *
 * @param role whose
 * @param basis digest of the scores that sorted the responses
 * @param kinds by kind
 */
record RoleSums(String role, String basis, SortedMap<String, Sum> kinds) {

    /** Kind under which every response of the default Assistant counts. */
    static final String ALL = "mean";

    /** Kind of the responses with a score. */
    static String kind(int score) {
        return "pos_" + score;
    }

    /** A number of response means and their sum {@code [L, D]}. */
    static final class Sum {
        private final long[] shape;
        private final double[] values;
        private int count;

        Sum(long[] shape) {
            this(shape, 0, new double[Math.toIntExact(TensorData.numel(shape))]);
        }

        private Sum(long[] shape, int count, double[] values) {
            this.shape = shape.clone();
            this.count = count;
            this.values = values;
        }

        private void add(TensorData mean) {
            float[] more = mean.toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] += more[i];
            }
            count++;
        }

        int count() {
            return count;
        }

        /** The mean of the means, rounded once, {@code [L, D]}. */
        TensorData mean() {
            float[] mean = new float[values.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (values[i] / count);
            }
            return TensorData.ofFloats(mean, shape);
        }

        private TensorData data() {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asDoubleBuffer().put(values);
            return new TensorData(DType.F64, shape, bytes);
        }
    }

    /** Sums the responses of a character that have both a mean and a score. */
    static RoleSums scored(String role, MeanSource means, SortedMap<RolloutKey, Integer> scores) {
        SortedMap<String, Sum> kinds = new TreeMap<>();
        for (RolloutKey key : means.keys()) {
            Integer score = scores.get(key);
            if (score != null) {
                add(role, kinds, kind(score), key, means.mean(key));
            }
        }
        return new RoleSums(role, basis(scores), kinds);
    }

    /** Sums all responses, as for the default Assistant. */
    static RoleSums unscored(String role, MeanSource means) {
        SortedMap<String, Sum> kinds = new TreeMap<>();
        for (RolloutKey key : means.keys()) {
            add(role, kinds, ALL, key, means.mean(key));
        }
        return new RoleSums(role, basis(new TreeMap<>()), kinds);
    }

    private static void add(String role, SortedMap<String, Sum> kinds, String kind, RolloutKey key, TensorData mean) {
        long[] shape = mean.shape();
        for (Sum other : kinds.values()) {
            if (!Arrays.equals(other.shape, shape)) {
                throw new PipelineException("The mean of " + role + " " + key + " has shape " + Arrays.toString(shape)
                        + "; others of this role have " + Arrays.toString(other.shape));
            }
        }
        kinds.computeIfAbsent(kind, unused -> new Sum(shape)).add(mean);
    }

    /** Names scores, so that sums made with others are not taken for these. */
    static String basis(SortedMap<RolloutKey, Integer> scores) {
        return Digest.of(scores.entrySet().stream().map(Object::toString).toList());
    }

    Optional<Sum> of(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    void write(Path file) {
        Map<String, PtValue> root = new LinkedHashMap<>();
        root.put("role", new PtValue.Text(role));
        root.put("basis", new PtValue.Text(basis));
        Map<String, PtValue> sums = new LinkedHashMap<>();
        kinds.forEach((kind, sum) -> {
            // In order, unlike Map.of: the same sums are the same bytes in every process.
            Map<String, PtValue> entry = new LinkedHashMap<>();
            entry.put("count", new PtValue.Int(sum.count));
            entry.put("sum", PtTensor.of(sum.data()));
            sums.put(kind, PtValue.Dict.of(entry));
        });
        root.put("kinds", PtValue.Dict.of(sums));
        PtWriter.write(file, PtValue.Dict.of(root));
    }

    static RoleSums read(Path path) {
        try (PtFile file = PtFile.open(path)) {
            if (file.root() instanceof PtValue.Dict root
                    && root.get("role").orElse(null) instanceof PtValue.Text role
                    && root.get("basis").orElse(null) instanceof PtValue.Text basis
                    && root.get("kinds").orElse(null) instanceof PtValue.Dict entries) {
                SortedMap<String, Sum> kinds = new TreeMap<>();
                entries.entries().forEach((kind, entry) -> kinds.put(text(path, kind), sum(path, entry)));
                return new RoleSums(role.value(), basis.value(), kinds);
            }
            throw malformed(path);
        }
    }

    private static String text(Path path, PtValue value) {
        if (value instanceof PtValue.Text text) {
            return text.value();
        }
        throw malformed(path);
    }

    private static Sum sum(Path path, PtValue value) {
        if (value instanceof PtValue.Dict dict
                && dict.get("count").orElse(null) instanceof PtValue.Int count
                && dict.get("sum").orElse(null) instanceof PtTensor tensor
                && tensor.dtype() == DType.F64
                && tensor.shape().length == 2
                && count.value() > 0) {
            TensorData data = tensor.data();
            double[] values = new double[Math.toIntExact(data.numel())];
            data.bytes().asDoubleBuffer().get(values);
            return new Sum(tensor.shape(), Math.toIntExact(count.value()), values);
        }
        throw malformed(path);
    }

    private static MalformedArtifactException malformed(Path path) {
        return new MalformedArtifactException(
                path, "does not hold the sums of a role; delete it to have them made anew");
    }
}
