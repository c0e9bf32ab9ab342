package dev.plumbline.report;

/** Keeps arrays within the records that hold them. */
final class Matrices {

    private Matrices() {}

    static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }
}
