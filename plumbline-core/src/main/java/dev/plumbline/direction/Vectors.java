package dev.plumbline.direction;

/** The arithmetic of plain vectors. Inputs are fp32, sums are fp64. */
final class Vectors {

    private Vectors() {}

    static double dot(float[] a, float[] b) {
        requireSameLength(a.length, b.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    static double norm(float[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** Cosine of the angle between two vectors; 0 if either has no length. */
    static double cosine(float[] a, float[] b) {
        double norms = norm(a) * norm(b);
        return norms == 0 ? 0 : dot(a, b) / norms;
    }

    static double dot(double[] a, double[] b) {
        requireSameLength(a.length, b.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** As {@link #cosine(float[], float[])}. */
    static double cosine(double[] a, double[] b) {
        double norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
        return norms == 0 ? 0 : dot(a, b) / norms;
    }

    static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** A copy, once every component is known to be a number. */
    static float[] finiteCopy(float[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " has " + values[i] + " as component " + i);
            }
        }
        return values.clone();
    }

    private static void requireSameLength(int a, int b) {
        if (a != b) {
            throw new IllegalArgumentException("A vector of " + a + " components meets one of " + b);
        }
    }
}
