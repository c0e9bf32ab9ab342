package dev.plumbline.nano.eval;

/** The little linear algebra that the evaluation needs, in fp64. */
final class Vectors {

    private Vectors() {}

    static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < b.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[] unit(double[] a) {
        double norm = Math.sqrt(dot(a, a));
        double[] unit = a.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= norm;
        }
        return unit;
    }

    static double cosine(double[] a, double[] b) {
        return dot(unit(a), unit(b));
    }

    /** Pearson's correlation. */
    static double correlation(double[] a, double[] b) {
        double meanA = java.util.Arrays.stream(a).average().orElse(0);
        double meanB = java.util.Arrays.stream(b).average().orElse(0);
        double[] x = java.util.Arrays.stream(a).map(v -> v - meanA).toArray();
        double[] y = java.util.Arrays.stream(b).map(v -> v - meanB).toArray();
        return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    }
}
