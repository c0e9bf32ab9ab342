package dev.plumbline.direction;

import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.List;

/**
 * Cosines between every two of some named vectors.
 *
 * @param names of the rows and columns
 * @param values {@code [n, n]}, symmetric, with 1 on the diagonal; 0 throughout for a vector of no length
 */
public record CosineMatrix(List<String> names, double[][] values) {

    /** Cosines of vectors {@code [D]} as they are. Activations share a large mean, so these are often all near 1. */
    public static CosineMatrix of(List<String> names, List<float[]> vectors) {
        requireSameSize(names, vectors);
        return between(names, vectors.stream().map(Vectors::widened).toArray(double[][]::new));
    }

    /** Cosines of vectors {@code [D]} about their mean: which of them lean the same way from the middle of all. */
    public static CosineMatrix centred(List<String> names, List<float[]> vectors) {
        requireSameSize(names, vectors);
        return between(names, Matrices.minus(vectors, Matrices.mean(vectors)));
    }

    private static void requireSameSize(List<String> names, List<float[]> vectors) {
        if (names.isEmpty() || names.size() != vectors.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + vectors.size() + " vectors");
        }
    }

    private static CosineMatrix between(List<String> names, double[][] vectors) {
        for (double[] vector : vectors) {
            double norm = Math.sqrt(Vectors.dot(vector, vector));
            for (int j = 0; norm > 0 && j < vector.length; j++) {
                vector[j] /= norm;
            }
        }
        try (TensorScope scope = TensorScope.open()) {
            Tensor unit = Matrices.toTensor(vectors);
            return new CosineMatrix(List.copyOf(names), Matrices.toRows(unit.matmul(unit.transpose(0, 1))));
        }
    }
}
