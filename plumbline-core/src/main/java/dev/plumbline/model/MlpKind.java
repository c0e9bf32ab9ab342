package dev.plumbline.model;

/** The feed-forward part of a layer. */
public sealed interface MlpKind {

    /**
     * One gated MLP that every token goes through.
     *
     * @param width its inner width, F
     * @param biased whether its projections have biases
     */
    record Dense(int width, boolean biased) implements MlpKind {
        public Dense {
            requirePositive("width", width);
        }
    }

    /**
     * One MLP without a gate, that every token goes through.
     *
     * @param width its inner width, F
     * @param biased whether its projections have biases
     */
    record Plain(int width, boolean biased) implements MlpKind {
        public Plain {
            requirePositive("width", width);
        }
    }

    /**
     * As {@link Plain} without biases; its nonlinearity is xIELU, which has parameters of its own in each layer.
     *
     * @param width its inner width, F
     */
    record Xielu(int width) implements MlpKind {
        public Xielu {
            requirePositive("width", width);
        }
    }

    /**
     * A mixture of gated MLPs (Shazeer et al. 2017): each token goes through those that a linear router gives the highest
     * probability, and the results are summed with these probabilities as weights.
     *
     * @param experts how many there are
     * @param perToken how many each token goes through
     * @param width inner width of each, F
     * @param normalised whether the probabilities of the chosen are divided by their sum
     */
    record Routed(int experts, int perToken, int width, boolean normalised) implements MlpKind {
        public Routed {
            requirePositive("width", width);
            requirePositive("perToken", perToken);
            if (perToken > experts) {
                throw new IllegalArgumentException(
                        "A token cannot go through " + perToken + " of " + experts + " experts");
            }
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " of an MLP is " + value + "; expected at least 1");
        }
    }
}
