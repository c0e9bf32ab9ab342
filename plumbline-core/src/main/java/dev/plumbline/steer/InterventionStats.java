package dev.plumbline.steer;

/**
 * What an intervention did to the tokens it was shown.
 *
 * @param tokens how many it was shown
 * @param touched how many it changed, after rounding to the model's type
 * @param before projections on the unit direction as they came
 * @param after projections as they went
 * @param correction length of the change of each touched token
 */
public record InterventionStats(
        Intervention intervention, long tokens, long touched, Spread before, Spread after, Spread correction) {

    static InterventionStats none(Intervention intervention) {
        return new InterventionStats(intervention, 0, 0, Spread.NONE, Spread.NONE, Spread.NONE);
    }

    InterventionStats plus(double projection, double newProjection, double moved) {
        boolean touch = moved > 0;
        return new InterventionStats(
                intervention,
                tokens + 1,
                touched + (touch ? 1 : 0),
                before.plus(projection),
                after.plus(newProjection),
                touch ? correction.plus(moved) : correction);
    }

    /** Share of tokens that were changed; 0 of none. */
    public double touchedFraction() {
        return tokens == 0 ? 0 : (double) touched / tokens;
    }

    /**
     * Some numbers in short.
     *
     * @param count how many
     * @param sum of them
     * @param min +∞ of none
     * @param max −∞ of none
     */
    public record Spread(long count, double sum, double min, double max) {

        static final Spread NONE = new Spread(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        Spread plus(double value) {
            return new Spread(count + 1, sum + value, Math.min(min, value), Math.max(max, value));
        }

        /** 0 of none. */
        public double mean() {
            return count == 0 ? 0 : sum / count;
        }
    }
}
