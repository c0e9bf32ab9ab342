package dev.plumbline.model;

/** How rotary frequencies are changed to reach contexts longer than those first trained on. */
public sealed interface RopeScaling {

    /** Frequencies as they are. */
    record None() implements RopeScaling {}

    /** Every frequency divided by a factor (position interpolation, Chen et al. 2023). */
    record Linear(double factor) implements RopeScaling {}

    /**
     * Low frequencies divided by a factor, high ones kept, those between blended (Llama 3.1).
     *
     * @param lowFreqFactor wavelengths above {@code originalContext / lowFreqFactor} are divided
     * @param highFreqFactor wavelengths below {@code originalContext / highFreqFactor} are kept
     */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalContext)
            implements RopeScaling {}

    /**
     * YaRN (Peng et al. 2023): frequencies that turn fewer than {@code betaSlow} times within the original context are
     * divided by the factor, those that turn more than {@code betaFast} times are kept, and a ramp lies between.
     *
     * @param attentionFactor multiplies queries and keys through the rotation; the paper's {@code 0.1 ln(factor) + 1}
     */
    record Yarn(double factor, double attentionFactor, double betaFast, double betaSlow, int originalContext)
            implements RopeScaling {}
}
