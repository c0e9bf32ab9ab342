package dev.plumbline.study;

/**
 * What a cap should reach.
 *
 * @param reduction share of the harm that it takes away, at least
 * @param tolerance capability that it may cost, at most, in units of its measure
 */
public record CapGoal(double reduction, double tolerance) {

    /** Half of the harm for no more than 2 points of capability. */
    public static final CapGoal USUAL = new CapGoal(0.5, 0.02);

    boolean keepsCapability(SettingResult result, CapMeasures measures) {
        return result.on(measures.capability()).change().value() >= -tolerance;
    }

    /** Whether the whole interval of the change of harm is enough. */
    boolean surelyLowersHarm(SettingResult result) {
        return result.relativeHarm()
                .filter(change -> change.high() <= -reduction)
                .isPresent();
    }

    /** Whether a cap keeps capability and takes away enough of the harm. */
    public boolean isReachedBy(SettingResult result, CapMeasures measures) {
        return keepsCapability(result, measures)
                && result.relativeHarm()
                        .filter(change -> change.value() <= -reduction)
                        .isPresent();
    }
}
