package dev.plumbline.nano.train;

import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * All weights in one flat fp32 tensor, so that the optimizer works on the whole at once. Projections that share an input are
 * stored as one matrix (queries, keys and values; gate and up).
 */
final class Weights implements AutoCloseable {
    private static final double INIT_STD = 0.02;

    private final Shape shape;
    private final Tensor values;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final long norms;
    private final long count;

    private record Entry(long offset, long[] size) {}

    Weights(Shape shape) {
        this.shape = shape;
        int d = shape.dModel();
        int e = shape.headDim();
        Map<String, long[]> sizes = new LinkedHashMap<>();
        sizes.put("embed", new long[] {shape.vocabSize(), d});
        for (int l = 0; l < shape.nLayers(); l++) {
            sizes.put(l + ".qkv", new long[] {(long) (shape.nHeads() + 2 * shape.nKvHeads()) * e, d});
            sizes.put(l + ".out", new long[] {d, (long) shape.nHeads() * e});
            sizes.put(l + ".gateUp", new long[] {2L * shape.dMlp(), d});
            sizes.put(l + ".down", new long[] {d, shape.dMlp()});
        }
        // Embeddings first and norms last: the optimizer treats both differently from the matrices between them.
        for (int l = 0; l < shape.nLayers(); l++) {
            sizes.put(l + ".inputNorm", new long[] {d});
            sizes.put(l + ".mlpNorm", new long[] {d});
            sizes.put(l + ".qNorm", new long[] {e});
            sizes.put(l + ".kNorm", new long[] {e});
        }
        sizes.put("norm", new long[] {d});

        long total = 0;
        long matrices = 0;
        for (long[] size : sizes.values()) {
            total += numel(size);
            matrices += size.length == 2 ? numel(size) : 0;
        }
        count = total;
        norms = total - matrices;
        values = zeros(total);
        long offset = 0;
        for (Map.Entry<String, long[]> size : sizes.entrySet()) {
            entries.put(size.getKey(), new Entry(offset, size.getValue()));
            offset += numel(size.getValue());
        }
    }

    /** Normal initial values; what writes into the residual stream is scaled down with depth. */
    void initialize(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] initial = new float[Math.toIntExact(count)];
        double residual = INIT_STD / Math.sqrt(2.0 * shape.nLayers());
        entries.forEach((name, entry) -> {
            boolean norm = entry.size().length == 1;
            double std = name.endsWith(".out") || name.endsWith(".down") ? residual : INIT_STD;
            for (long i = entry.offset(); i < entry.offset() + numel(entry.size()); i++) {
                initial[(int) i] = norm ? 1 : (float) (std * random.nextGaussian());
            }
        });
        set(initial);
    }

    Shape shape() {
        return shape;
    }

    /** All values as one tensor {@code [count]}. */
    Tensor values() {
        return values;
    }

    long count() {
        return count;
    }

    /** Names of the matrices inside the blocks. */
    List<String> matrices() {
        return entries.keySet().stream()
                .filter(name -> entry(name).size().length == 2 && !name.equals("embed"))
                .toList();
    }

    /** How many of the values, from the first, are the embeddings; the blocks' matrices follow. */
    long embeddings() {
        return numel(entry("embed").size());
    }

    /** How many of the values, from the last, are the norms. */
    long norms() {
        return norms;
    }

    float[] get() {
        return Native.floats(values);
    }

    void set(float[] all) {
        Native.fill(values, all);
    }

    /** Values of one weight by this class's own name, with its size. */
    float[] get(String name) {
        Entry entry = entry(name);
        float[] copy = new float[Math.toIntExact(numel(entry.size()))];
        try (FloatPointer pointer = new FloatPointer(values.data_ptr())) {
            pointer.position(entry.offset()).get(copy);
        }
        return copy;
    }

    /** A view of one weight inside a flat tensor of {@link #count()} elements. */
    Tensor view(String name, Tensor flat) {
        Entry entry = entry(name);
        return flat.narrow(0, entry.offset(), numel(entry.size())).view(entry.size());
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No weight is called " + name);
        }
        return entry;
    }

    private static long numel(long[] size) {
        long n = 1;
        for (long s : size) {
            n *= s;
        }
        return n;
    }

    @Override
    public void close() {
        values.close();
    }
}
