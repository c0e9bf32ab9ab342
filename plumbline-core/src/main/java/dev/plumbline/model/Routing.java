package dev.plumbline.model;

/**
 * How a linear router chooses experts for a token, and how it weighs them.
 *
 * @param scores what becomes of the router's outputs
 * @param biased whether the router has a bias
 * @param choice which experts a token goes through
 * @param weighing how much each of them counts
 */
public record Routing(Scores scores, boolean biased, Choice choice, Weighing weighing) {

    /** What becomes of the router's outputs. */
    public enum Scores {
        /** Probabilities over all experts. */
        SOFTMAX,
        /** A number from 0 to 1 for each expert on its own. */
        SIGMOID
    }

    /**
     * Which experts a token goes through.
     *
     * @param corrected whether those count as best whose score plus a stored number of theirs is highest (Wang et al. 2024);
     *     the router then computes in fp32, for these numbers decide between scores that lie close together
     * @param groups experts stand in so many groups of equal size, one after another
     * @param groupsPerToken a token chooses among the experts of so many groups, those whose two best sum up highest
     */
    public record Choice(boolean corrected, int groups, int groupsPerToken) {

        /** Those with the highest scores. */
        public static final Choice BEST = new Choice(false, 1, 1);

        /** Those that score highest after the correction. */
        public static final Choice BEST_CORRECTED = new Choice(true, 1, 1);

        public Choice {
            if (groupsPerToken < 1 || groupsPerToken > groups) {
                throw new IllegalArgumentException(
                        "A token cannot choose within " + groupsPerToken + " of " + groups + " groups of experts");
            }
        }
    }

    /**
     * How much each chosen expert counts.
     *
     * @param normalised whether the scores of the chosen are divided by their sum
     * @param scale multiplies them then
     * @param on what they multiply
     */
    public record Weighing(boolean normalised, double scale, On on) {

        /** What a score multiplies. */
        public enum On {
            /** What the expert returns. */
            OUTPUTS,
            /** What the expert is given. */
            INPUTS
        }

        public Weighing {
            if (!(scale > 0)) {
                throw new IllegalArgumentException("Expected a positive scale of routed experts; found " + scale);
            }
        }
    }

    /** Probabilities over all experts, of which the highest are chosen. */
    public static Routing softmax(boolean normalised) {
        return new Routing(Scores.SOFTMAX, false, Choice.BEST, new Weighing(normalised, 1, Weighing.On.OUTPUTS));
    }

    /** With a bias of the router. */
    public Routing withBias() {
        return new Routing(scores, true, choice, weighing);
    }

    /** With another choice. */
    public Routing choosing(Choice value) {
        return new Routing(scores, biased, value, weighing);
    }
}
