package dev.plumbline.direction;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.List;

/** The way of fp64 matrices to libtorch and back. */
final class Matrices {

    private Matrices() {}

    /** A tensor {@code [n, D]} in the open scope. */
    static Tensor toTensor(double[][] rows) {
        int columns = rows[0].length;
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.multiplyExact(Math.multiplyExact(rows.length, columns), Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        DoubleBuffer doubles = bytes.asDoubleBuffer();
        for (double[] row : rows) {
            doubles.put(row);
        }
        return Tensor.of(new TensorData(DType.F64, new long[] {rows.length, columns}, bytes));
    }

    /** The rows of an fp64 tensor {@code [n, D]}. */
    static double[][] toRows(Tensor matrix) {
        TensorData data = matrix.toData();
        double[][] rows = new double[(int) data.shape()[0]][(int) data.shape()[1]];
        DoubleBuffer doubles = data.bytes().asDoubleBuffer();
        for (double[] row : rows) {
            doubles.get(row);
        }
        return rows;
    }

    /** Mean of each column; there must be a row, and all of one length. */
    static double[] mean(List<float[]> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("There are no vectors");
        }
        double[] mean = new double[rows.get(0).length];
        for (float[] row : rows) {
            if (row.length != mean.length) {
                throw new IllegalArgumentException(
                        "A vector has " + row.length + " components; expected " + mean.length + ", as the first has");
            }
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= rows.size();
        }
        return mean;
    }

    /** A row minus a mean. */
    static double[] minus(float[] row, double[] mean) {
        double[] difference = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            difference[j] = row[j] - mean[j];
        }
        return difference;
    }

    /** Every row minus a mean. */
    static double[][] minus(List<float[]> rows, double[] mean) {
        return rows.stream().map(row -> minus(row, mean)).toArray(double[][]::new);
    }
}
