package dev.plumbline.direction;

import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Principal components of the rows of a matrix {@code [n, D]} about their mean. Computed in fp64 by libtorch's symmetric
 * eigensolver from the smaller of the two Gram matrices: 275 roles of 5,120 components need one of 275 × 275.
 *
 * <p>Components without variance are left out, so there are at most {@code min(n - 1, D)}. As they come, the largest entry
 * of each is positive; {@link #oriented} turns one toward something that means more.
 */
public final class Pca {

    /** Of eigenvalues of a Gram matrix, in units of the largest and of the matrix's size: below is rounding. */
    private static final double ROUNDING = 0x1p-52;
    /** Rows that differ by no more than this part of their length are the same row. */
    private static final double SAME_ROW = 1e-14;

    private final double[] mean;
    private final double[][] components;
    private final double[][] scores;
    private final double[] explainedVariance;
    private final double totalVariance;

    private Pca(
            double[] mean, double[][] components, double[][] scores, double[] explainedVariance, double totalVariance) {
        this.mean = mean;
        this.components = components;
        this.scores = scores;
        this.explainedVariance = explainedVariance;
        this.totalVariance = totalVariance;
    }

    /** All components of at least two rows {@code [D]}. */
    public static Pca fit(List<float[]> rows) {
        return fit(rows, Integer.MAX_VALUE);
    }

    /** At most the first {@code maxComponents} components of at least two rows {@code [D]}. */
    public static Pca fit(List<float[]> rows, int maxComponents) {
        if (rows.size() < 2 || maxComponents < 1) {
            throw new IllegalArgumentException("Principal components of " + rows.size() + " vectors, at most "
                    + maxComponents + " of them; expected at least 2 vectors and 1 component");
        }
        double[] mean = Matrices.mean(rows);
        double[][] centred = Matrices.minus(rows, mean);
        double squares =
                Stream.of(centred).mapToDouble(row -> Vectors.dot(row, row)).sum();
        double rawSquares = squares + rows.size() * Vectors.dot(mean, mean);
        if (squares <= SAME_ROW * SAME_ROW * rawSquares) {
            return new Pca(mean, new double[0][], new double[rows.size()][0], new double[0], 0);
        }
        int n = rows.size();
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Matrices.toTensor(centred);
            Tensor xt = x.transpose(0, 1);
            boolean fewRows = n <= mean.length;
            Tensor.Eigen eigen = (fewRows ? x.matmul(xt) : xt.matmul(x)).symmetricEigen();
            double[] ascending = doubles(eigen.values());
            double least = ascending[ascending.length - 1] * ROUNDING * Math.max(n, mean.length);
            int kept = (int) Math.min(
                    maxComponents,
                    Arrays.stream(ascending).filter(value -> value > least).count());
            Tensor vectors =
                    eigen.vectors().narrow(1, ascending.length - kept, kept).transpose(0, 1);
            double[][] components = Matrices.toRows((fewRows ? vectors.matmul(x) : vectors).contiguous());
            double[] variance = new double[kept];
            for (int k = 0; k < kept; k++) {
                variance[k] = ascending[ascending.length - 1 - k] / (n - 1);
                normalise(components[k]);
            }
            reverse(components);
            double[][] scores =
                    Matrices.toRows(x.matmul(Matrices.toTensor(components).transpose(0, 1)));
            return new Pca(mean, components, scores, variance, squares / (n - 1));
        }
    }

    /** Unit length, and the entry of largest magnitude positive. */
    private static void normalise(double[] component) {
        double largest = 0;
        for (double value : component) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double scale = Math.copySign(Math.sqrt(Vectors.dot(component, component)), largest);
        for (int j = 0; j < component.length; j++) {
            component[j] /= scale;
        }
    }

    private static void reverse(double[][] rows) {
        for (int i = 0, j = rows.length - 1; i < j; i++, j--) {
            double[] row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
    }

    private static double[] doubles(Tensor vector) {
        DoubleBuffer buffer = vector.toData().bytes().asDoubleBuffer();
        double[] values = new double[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /** Number of components. */
    public int size() {
        return components.length;
    }

    /** Mean of the rows, {@code [D]}. */
    public double[] mean() {
        return mean.clone();
    }

    /** One component as a unit vector {@code [D]}; components count from 0 here, PC1 being 0. */
    public double[] component(int index) {
        return components[index].clone();
    }

    /** Coordinates of each row along each component, {@code [n, size]}. */
    public double[][] scores() {
        return Stream.of(scores).map(double[]::clone).toArray(double[][]::new);
    }

    /** Variance (divided by {@code n - 1}) along each component. */
    public double[] explainedVariance() {
        return explainedVariance.clone();
    }

    /** Part of the total variance along each component; of all components together it is 1. */
    public double[] explainedVarianceRatio() {
        return Arrays.stream(explainedVariance)
                .map(variance -> variance / totalVariance)
                .toArray();
    }

    /**
     * How many components it takes to explain a part of the variance; empty if those here do not, be it that no more were
     * asked for or that there is no variance.
     *
     * @param fraction more than 0, at most 1
     */
    public OptionalInt componentsFor(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "A part of the variance is more than 0 and at most 1, found " + fraction);
        }
        double cumulative = 0;
        double[] ratios = explainedVarianceRatio();
        for (int k = 0; k < ratios.length; k++) {
            cumulative += ratios[k];
            if (cumulative >= fraction - 1e-9) {
                return OptionalInt.of(k + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** Coordinates of another vector {@code [D]} along each component, about the same mean. */
    public double[] transform(float[] vector) {
        double[] centred = Matrices.minus(vector, mean);
        return Stream.of(components)
                .mapToDouble(component -> Vectors.dot(component, centred))
                .toArray();
    }

    /** Cosine of a component with a vector {@code [D]}. */
    public double cosine(int index, float[] vector) {
        return Vectors.cosine(components[index], Vectors.widened(vector));
    }

    /**
     * The same with one component turned, if need be, to the side that {@code towards} is on: PC1 toward the axis, say,
     * since the sign of a component means nothing by itself.
     */
    public Pca oriented(int index, float[] towards) {
        if (cosine(index, towards) >= 0) {
            return this;
        }
        double[][] turned = components.clone();
        turned[index] = Arrays.stream(turned[index]).map(value -> -value).toArray();
        double[][] turnedScores = scores();
        for (double[] row : turnedScores) {
            row[index] = -row[index];
        }
        return new Pca(mean, turned, turnedScores, explainedVariance, totalVariance);
    }
}
