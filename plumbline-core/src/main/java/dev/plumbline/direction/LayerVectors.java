package dev.plumbline.direction;

import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.TensorData;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One vector per layer, {@code [L, D]}, at one hook point. Layers are named, never implied by position: a subset of them
 * stays what it is.
 */
public final class LayerVectors {

    private final HookPoint point;
    private final int[] layers;
    private final float[][] rows;

    /**
     * A stack of vectors, which are copied.
     *
     * @param layers 0-based block indices, ascending
     * @param rows one vector {@code [D]} per layer
     * @throws IllegalArgumentException if these do not fit each other, or a component is not a finite number
     */
    public LayerVectors(HookPoint point, int[] layers, float[][] rows) {
        if (layers.length == 0 || layers.length != rows.length) {
            throw new IllegalArgumentException(layers.length + " layers with " + rows.length + " vectors");
        }
        this.point = point;
        this.layers = layers.clone();
        this.rows = new float[rows.length][];
        for (int i = 0; i < layers.length; i++) {
            if (layers[i] < 0 || (i > 0 && layers[i] <= layers[i - 1])) {
                throw new IllegalArgumentException("Layers must ascend from 0, found " + Arrays.toString(layers));
            }
            if (rows[i].length != rows[0].length || rows[i].length == 0) {
                throw new IllegalArgumentException("Vector at layer " + layers[i] + " has " + rows[i].length
                        + " components; expected " + rows[0].length + ", as at layer " + layers[0]);
            }
            this.rows[i] = Vectors.finiteCopy(rows[i], "Vector at layer " + layers[i]);
        }
    }

    /** Outputs of blocks. */
    public static LayerVectors residPost(int[] layers, float[][] rows) {
        return new LayerVectors(HookPoint.RESID_POST, layers, rows);
    }

    /**
     * Outputs of every block from the first on.
     *
     * @param stack {@code [L, D]}, floating point
     */
    public static LayerVectors residPost(TensorData stack) {
        long[] shape = stack.shape();
        if (shape.length != 2) {
            throw new IllegalArgumentException("Found a tensor " + stack + "; expected [L, D], a vector per layer");
        }
        int nLayers = Math.toIntExact(shape[0]);
        int dModel = Math.toIntExact(shape[1]);
        float[] values = stack.toFloats();
        float[][] rows = new float[nLayers][];
        for (int i = 0; i < nLayers; i++) {
            rows[i] = Arrays.copyOfRange(values, i * dModel, (i + 1) * dModel);
        }
        return residPost(IntStream.range(0, nLayers).toArray(), rows);
    }

    public HookPoint point() {
        return point;
    }

    /** The layers there are, ascending. */
    public int[] layers() {
        return layers.clone();
    }

    public int nLayers() {
        return layers.length;
    }

    public int dModel() {
        return rows[0].length;
    }

    /**
     * A copy of the vector {@code [D]} of a layer.
     *
     * @throws IllegalArgumentException if there is none
     */
    public float[] at(int layer) {
        return row(indexOf(layer)).clone();
    }

    /** The vector of a layer as a direction; it must not be zero. */
    public Direction direction(int layer) {
        return new Direction(new Site(layer, point), row(indexOf(layer)));
    }

    /** Length of each vector, {@code [L]}. */
    public double[] norms() {
        return Arrays.stream(rows).mapToDouble(Vectors::norm).toArray();
    }

    /** As fp32 {@code [L, D]}; which layers the rows are is no longer said. */
    public TensorData toTensor() {
        float[] values = new float[Math.multiplyExact(nLayers(), dModel())];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * dModel(), dModel());
        }
        return TensorData.ofFloats(values, nLayers(), dModel());
    }

    /** Every component rounded to bf16, as the reference keeps vectors. */
    public LayerVectors inBf16() {
        float[][] rounded = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            rounded[i] = TensorData.ofFloats(rows[i], rows[i].length).toBf16().toFloats();
        }
        return new LayerVectors(point, layers, rounded);
    }

    /** The vector at a position of {@link #layers}; not a copy. */
    float[] row(int index) {
        return rows[index];
    }

    int indexOf(int layer) {
        int index = Arrays.binarySearch(layers, layer);
        if (index < 0) {
            boolean unbroken = layers[layers.length - 1] - layers[0] == layers.length - 1;
            throw new IllegalArgumentException("There is no vector for layer " + layer + "; there are for "
                    + (unbroken ? layers[0] + " to " + layers[layers.length - 1] : Arrays.toString(layers)));
        }
        return index;
    }

    void requireSameSites(LayerVectors other) {
        requireSites(other.point, other.layers, other.dModel());
    }

    void requireSites(HookPoint otherPoint, int[] otherLayers, int otherDModel) {
        if (point != otherPoint || dModel() != otherDModel || !Arrays.equals(layers, otherLayers)) {
            throw new IllegalArgumentException(
                    "Found " + this + "; expected " + describe(otherPoint, otherLayers, otherDModel));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerVectors that
                && point == that.point
                && Arrays.equals(layers, that.layers)
                && Arrays.deepEquals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * point.hashCode() + Arrays.hashCode(layers)) + Arrays.deepHashCode(rows);
    }

    @Override
    public String toString() {
        return describe(point, layers, dModel());
    }

    static String describe(HookPoint point, int[] layers, int dModel) {
        return "vectors of " + dModel + " components at " + point + " of layers " + Arrays.toString(layers);
    }
}
