package dev.plumbline.model;

/** How queries and keys turn with their positions. */
public sealed interface Rotation {

    /** Not at all: the layer tells positions apart only by the causal mask (NoPE, Kazemnejad et al. 2023). */
    record None() implements Rotation {}

    /**
     * Rotary position embedding (Su et al. 2021).
     *
     * @param theta base of the frequencies
     * @param width leading dimensions of a head that turn, at most E and even; the rest stay as they are
     * @param pairing which of them turn together
     * @param scaling how the frequencies are changed
     */
    record Rotary(double theta, int width, Pairing pairing, RopeScaling scaling) implements Rotation {

        /** A rotation of dimensions that are half of the width apart. */
        public Rotary(double theta, int width, RopeScaling scaling) {
            this(theta, width, Pairing.HALVES, scaling);
        }

        public Rotary {
            if (width < 2 || width % 2 != 0) {
                throw new IllegalArgumentException(
                        "A rotation pairs dimensions, so it cannot turn " + width + " of a head");
            }
            if (!(theta > 0)) {
                throw new IllegalArgumentException("The rotary base must be positive, not " + theta);
            }
        }

        /** The same rotation of other pairs. */
        public Rotary paired(Pairing other) {
            return new Rotary(theta, width, other, scaling);
        }
    }

    /** Which two of W dimensions turn together. */
    enum Pairing {
        /** Dimension i with dimension {@code i + W/2}. */
        HALVES,
        /** As {@link #HALVES}, the other way round. */
        HALVES_BACKWARDS,
        /** Dimension 2i with dimension {@code 2i + 1}. */
        NEIGHBOURS
    }
}
