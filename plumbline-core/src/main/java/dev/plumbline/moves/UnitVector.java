package dev.plumbline.moves;

/** Brings embeddings to length 1, so that only their direction counts. */
final class UnitVector {

    private UnitVector() {}

    /** A vector of the same direction; one of zeros has none, and stays. */
    static float[] of(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length && squares > 0; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return unit;
    }
}
