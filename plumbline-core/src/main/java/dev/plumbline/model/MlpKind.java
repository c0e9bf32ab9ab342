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
     * A mixture of gated MLPs (Shazeer et al. 2017): each token goes through some of them, and the results are summed with
     * weights.
     *
     * @param experts how many there are
     * @param perToken how many each token goes through
     * @param width inner width of each, F
     * @param routing which these are, and with what weights
     * @param gate how they are gated
     */
    record Routed(int experts, int perToken, int width, Routing routing, ExpertGate gate) implements MlpKind {
        public Routed {
            requirePositive("width", width);
            requirePositive("perToken", perToken);
            if (perToken > experts) {
                throw new IllegalArgumentException(
                        "A token cannot go through " + perToken + " of " + experts + " experts");
            }
            requireGroups(experts, perToken, routing.choice());
        }

        /** Experts that are gated as the model's other MLPs are. */
        public Routed(int experts, int perToken, int width, Routing routing) {
            this(experts, perToken, width, routing, new ExpertGate.Plain());
        }

        private static void requireGroups(int experts, int perToken, Routing.Choice choice) {
            int each = experts / choice.groups();
            if (choice.groups() == 1) {
                return;
            }
            if (each * choice.groups() != experts || each < 2 || perToken > each * choice.groupsPerToken()) {
                throw new IllegalArgumentException("A token cannot choose " + perToken + " of " + experts
                        + " experts within " + choice.groupsPerToken() + " of " + choice.groups() + " groups");
            }
        }
    }

    /**
     * A mixture, and beside it a gated MLP without biases that every token goes through; the results are added.
     *
     * @param sharedWidth inner width of the latter
     * @param switched whether its result is multiplied with the sigmoid of a linear function of the token
     */
    record WithShared(Routed routed, int sharedWidth, boolean switched) implements MlpKind {
        public WithShared {
            requirePositive("sharedWidth", sharedWidth);
        }
    }

    /** How gate and up of an expert are joined. */
    sealed interface ExpertGate {

        /** {@code activation(gate) · up}, without biases. */
        record Plain() implements ExpertGate {}

        /**
         * {@code gate · sigmoid(gain · gate) · (up + 1)} of a gate that is at most the limit and an up that is no further
         * from 0. Every projection has a bias.
         */
        record Clamped(double gain, double limit) implements ExpertGate {
            public Clamped {
                if (!(gain > 0) || !(limit > 0)) {
                    throw new IllegalArgumentException(
                            "Expected a positive gain and limit of the experts' gates; found " + gain + " and "
                                    + limit);
                }
            }
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " of an MLP is " + value + "; expected at least 1");
        }
    }
}
