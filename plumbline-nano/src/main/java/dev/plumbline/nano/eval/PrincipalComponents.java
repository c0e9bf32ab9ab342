package dev.plumbline.nano.eval;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Principal components of a few vectors, from the eigenvectors of their centred Gram matrix (Jacobi rotations).
 *
 * @param ratios share of the variance along each component, falling
 * @param components unit vectors {@code [n, D]}
 * @param scores projections of the centred vectors {@code [vectors, n]}
 */
record PrincipalComponents(double[] ratios, double[][] components, double[][] scores) {
    private static final int SWEEPS = 60;

    static PrincipalComponents of(double[][] vectors, int count) {
        int n = vectors.length;
        int d = vectors[0].length;
        double[] mean = Vectors.mean(vectors);
        double[][] centred = new double[n][];
        for (int i = 0; i < n; i++) {
            centred[i] = Vectors.minus(vectors[i], mean);
        }
        double[][] gram = new double[n][n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram[i][j] = Vectors.dot(centred[i], centred[j]);
            }
            total += gram[i][i];
        }
        double[][] rotation = diagonalize(gram);
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -gram[i][i]))
                .mapToInt(Integer::intValue)
                .limit(count)
                .toArray();
        double[] ratios = new double[order.length];
        double[][] components = new double[order.length][];
        double[][] scores = new double[n][order.length];
        for (int c = 0; c < order.length; c++) {
            ratios[c] = gram[order[c]][order[c]] / total;
            double[] component = new double[d];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < d; k++) {
                    component[k] += rotation[i][order[c]] * centred[i][k];
                }
            }
            components[c] = Vectors.unit(component);
            for (int i = 0; i < n; i++) {
                scores[i][c] = Vectors.dot(centred[i], components[c]);
            }
        }
        return new PrincipalComponents(ratios, components, scores);
    }

    /** Rotates a symmetric matrix to diagonal form in place; returns the rotation, its eigenvectors in columns. */
    private static double[][] diagonalize(double[][] a) {
        int n = a.length;
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (a[p][q] != 0) {
                        rotate(a, v, p, q);
                    }
                }
            }
        }
        return v;
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double akp = a[k][p];
            double akq = a[k][q];
            a[k][p] = c * akp - s * akq;
            a[k][q] = s * akp + c * akq;
        }
        for (int k = 0; k < a.length; k++) {
            double apk = a[p][k];
            double aqk = a[q][k];
            a[p][k] = c * apk - s * aqk;
            a[q][k] = s * apk + c * aqk;
            double vkp = v[k][p];
            double vkq = v[k][q];
            v[k][p] = c * vkp - s * vkq;
            v[k][q] = s * vkp + c * vkq;
        }
    }
}
