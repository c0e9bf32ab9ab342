package dev.plumbline.moves;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.tensor.TensorScope;
import dev.plumbline.tensor.Threads;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * Ridge regression with an intercept that is not penalised: the weights minimise {@code ‖y − Xw − c‖² + α‖w‖²}. All α share
 * one eigendecomposition, so that trying one more costs next to nothing: of {@code XᵀX} (centred), or of {@code XXᵀ}, which
 * has the same eigenvalues but for zeros, where there are fewer rows than columns, as with wide embeddings.
 */
final class Ridge {

    private final int width;
    private final double[] meanX;
    private final double meanY;
    /** {@code [n, D]} if it is wider than high, and else nothing. */
    private final double[] wide;
    /** Eigenvalues of the smaller product, its eigenvectors, and Xᵀy or y rotated to them. */
    private final double[] values;

    private final double[] rotated;
    private final double[] vectors;

    /**
     * Prepares a regression.
     *
     * @param xs {@code [n, D]}
     * @param rows which of them to use
     */
    Ridge(float[][] xs, double[] ys, int[] rows) {
        width = xs[0].length;
        meanX = new double[width];
        double sumY = 0;
        for (int row : rows) {
            sumY += ys[row];
            for (int j = 0; j < width; j++) {
                meanX[j] += xs[row][j] / (double) rows.length;
            }
        }
        meanY = sumY / rows.length;
        double[] centred = new double[rows.length * width];
        double[] target = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            target[i] = ys[rows[i]] - meanY;
            for (int j = 0; j < width; j++) {
                centred[i * width + j] = xs[rows[i]][j] - meanX[j];
            }
        }
        boolean isWide = rows.length < width;
        wide = isWide ? centred : new double[0];
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = tensor(centred, rows.length, width);
            Tensor xt = x.transpose(0, 1);
            Tensor y = tensor(target, rows.length, 1);
            Tensor.Eigen eigen = Threads.inOpenBlas(() -> (isWide ? x.matmul(xt) : xt.matmul(x)).symmetricEigen());
            values = doubles(eigen.values());
            vectors = doubles(eigen.vectors().contiguous());
            rotated = doubles(eigen.vectors()
                    .transpose(0, 1)
                    .matmul(isWide ? y : xt.matmul(y))
                    .contiguous());
        }
    }

    /** A fitted regression. */
    record Fit(double[] weights, double intercept) {
        double predict(float[] x) {
            double sum = intercept;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * x[j];
            }
            return sum;
        }
    }

    /** Mean eigenvalue of {@code XᵀX}: a scale for α that does not depend on the units of X. */
    double scale() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / width;
    }

    /** @param alpha more than 0 */
    Fit fit(double alpha) {
        int size = values.length;
        double[] combined = new double[size];
        for (int k = 0; k < size; k++) {
            // Rounding may leave an eigenvalue of 0 a little below it.
            double coordinate = rotated[k] / (Math.max(0, values[k]) + alpha);
            for (int j = 0; j < size; j++) {
                combined[j] += vectors[j * size + k] * coordinate;
            }
        }
        double[] weights = wide.length == 0 ? combined : combinedRows(combined);
        double intercept = meanY;
        for (int j = 0; j < width; j++) {
            intercept -= weights[j] * meanX[j];
        }
        return new Fit(weights, intercept);
    }

    /** {@code Xᵀa}. */
    private double[] combinedRows(double[] coefficients) {
        double[] sum = new double[width];
        for (int i = 0; i < coefficients.length; i++) {
            for (int j = 0; j < width; j++) {
                sum[j] += coefficients[i] * wide[i * width + j];
            }
        }
        return sum;
    }

    private static Tensor tensor(double[] values, long rows, long columns) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return Tensor.of(new TensorData(DType.F64, new long[] {rows, columns}, bytes));
    }

    private static double[] doubles(Tensor tensor) {
        DoubleBuffer buffer = tensor.toData().bytes().asDoubleBuffer();
        double[] values = new double[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
