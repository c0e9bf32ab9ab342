package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import java.util.List;

/**
 * Rotary position embedding (Su et al. 2021) in the half-split layout: dimension i of a head turns with dimension
 * {@code i + E/2}, by {@code position · frequency[i]}.
 */
final class Rope {

    private final float[] frequencies;
    private final double magnitude;

    Rope(ModelConfig config) {
        this.frequencies = frequencies(config.headDim(), config.ropeTheta(), config.ropeScaling());
        this.magnitude = config.ropeScaling() instanceof RopeScaling.Yarn yarn ? yarn.attentionFactor() : 1;
    }

    /** The rotation of each token of a pass: cosines, and sines with the sign of the half they belong to, {@code [T, 1, E]}. */
    record Angles(Tensor cos, Tensor signedSin) {

        /** Rotates heads {@code [T, heads, E]}. */
        Tensor rotate(Tensor x) {
            return x.mul(cos).addInPlace(x.swapHalves().mulInPlace(signedSin));
        }
    }

    /**
     * Computed in fp32, then cast, as the reference does.
     *
     * @param positions {@code [T]}
     */
    Angles at(Tensor positions, DType dtype) {
        Tensor angles = positions
                .to(DType.F32)
                .unsqueeze(1)
                .mul(Tensor.of(frequencies, 1, frequencies.length).to(positions.device())); // [T, E/2]
        Tensor cos = angles.cos().mul(magnitude);
        Tensor sin = angles.sin().mul(magnitude);
        return new Angles(
                Tensor.cat(List.of(cos, cos), 1).to(dtype).unsqueeze(1),
                Tensor.cat(List.of(sin.mul(-1), sin), 1).to(dtype).unsqueeze(1));
    }

    private static float[] frequencies(int headDim, double theta, RopeScaling scaling) {
        float[] frequencies = new float[headDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float period = (float) Math.pow(theta, 2f * i / headDim); // fp32 at every step, as in the reference
            frequencies[i] = (float) scaled(1f / period, i, headDim, theta, scaling);
        }
        return frequencies;
    }

    private static double scaled(double frequency, int i, int headDim, double theta, RopeScaling scaling) {
        if (scaling instanceof RopeScaling.Linear linear) {
            return frequency / linear.factor();
        }
        if (scaling instanceof RopeScaling.Llama3 llama3) {
            double turns = llama3.originalContext() * frequency / (2 * Math.PI);
            double kept = clamp((turns - llama3.lowFreqFactor()) / (llama3.highFreqFactor() - llama3.lowFreqFactor()));
            return blend(frequency, llama3.factor(), kept);
        }
        if (scaling instanceof RopeScaling.Yarn yarn) {
            double low = Math.max(0, Math.floor(dimensionTurning(yarn.betaFast(), yarn, headDim, theta)));
            double high = Math.min(headDim - 1, Math.ceil(dimensionTurning(yarn.betaSlow(), yarn, headDim, theta)));
            double width = high == low ? 1e-3 : high - low;
            return blend(frequency, yarn.factor(), 1 - clamp((i - low) / width));
        }
        return frequency;
    }

    /** The (fractional) index of the frequency that turns so many times within the original context. */
    private static double dimensionTurning(double turns, RopeScaling.Yarn yarn, int headDim, double theta) {
        return headDim * Math.log(yarn.originalContext() / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    private static double blend(double frequency, double factor, double kept) {
        return (1 - kept) * frequency / factor + kept * frequency;
    }

    private static double clamp(double x) {
        return Math.max(0, Math.min(1, x));
    }
}
