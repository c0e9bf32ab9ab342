package dev.plumbline.study;

import dev.plumbline.steer.InterventionStats;
import java.util.List;

/**
 * How much a treatment changed.
 *
 * @param tokens tokens that interventions were shown, each counted once for every layer
 * @param touched those that were changed
 * @param correction sum of the lengths of the changes, each in lengths of the vector it was along; for an axis that is the
 *     distance between roles and Assistant
 */
public record Touch(long tokens, long touched, double correction) {

    static final Touch NONE = new Touch(0, 0, 0);

    static Touch of(List<InterventionStats> stats) {
        long tokens = 0;
        long touched = 0;
        double correction = 0;
        for (InterventionStats each : stats) {
            tokens += each.tokens();
            touched += each.touched();
            correction +=
                    each.correction().sum() / each.intervention().direction().norm();
        }
        return new Touch(tokens, touched, correction);
    }

    Touch plus(Touch other) {
        return new Touch(tokens + other.tokens, touched + other.touched, correction + other.correction);
    }

    /** Share of tokens that were changed; 0 of none. */
    public double fraction() {
        return tokens == 0 ? 0 : (double) touched / tokens;
    }

    /** Mean length of a change; 0 if there was none. */
    public double meanCorrection() {
        return touched == 0 ? 0 : correction / touched;
    }
}
