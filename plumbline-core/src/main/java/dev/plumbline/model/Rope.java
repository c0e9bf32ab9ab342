package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.List;

/** Rotary position embedding: of the W dimensions that turn, the pair i turns by {@code position · frequency[i]}. */
final class Rope {

    private final Rotation.Rotary rotation;
    private final float[] frequencies;
    private final double magnitude;

    Rope(Rotation.Rotary rotation) {
        this.rotation = rotation;
        this.frequencies = frequencies(rotation, 1);
        this.magnitude = magnitude(rotation.scaling());
    }

    /** Turns heads {@code [T, heads, E]} in fp32 to the positions of a pass. */
    sealed interface Turn {

        /** Leaves everything as it is. */
        Turn NONE = new None();

        Tensor apply(Tensor heads);

        /** The same for some of the tokens. */
        Turn of(long first, long count);
    }

    private record None() implements Turn {
        @Override
        public Tensor apply(Tensor heads) {
            return heads;
        }

        @Override
        public Turn of(long first, long count) {
            return this;
        }
    }

    /** The rotation of each token: cosines, and sines, negative for one of each pair, {@code [T, 1, W]}. */
    private record Angles(Rotation.Pairing pairing, Tensor cos, Tensor signedSin) implements Turn {
        @Override
        public Tensor apply(Tensor heads) {
            int width = (int) cos.size(-1);
            int rest = (int) heads.size(-1) - width;
            return rest == 0
                    ? turned(heads)
                    : Tensor.cat(List.of(turned(heads.narrow(-1, 0, width)), heads.narrow(-1, width, rest)), -1);
        }

        @Override
        public Turn of(long first, long count) {
            return new Angles(pairing, cos.narrow(0, first, count), signedSin.narrow(0, first, count));
        }

        private Tensor turned(Tensor x) {
            return x.mul(cos).addProductInPlace(swapped(x), signedSin);
        }

        private Tensor swapped(Tensor x) {
            return switch (pairing) {
                case HALVES, HALVES_BACKWARDS -> x.swapHalves();
                case NEIGHBOURS ->
                    x.reshape(x.size(0), x.size(1), x.size(2) / 2, 2)
                            .swapHalves()
                            .view(x.shape());
            };
        }
    }

    /**
     * The rotation of every token of a pass. It is computed in fp32 whatever the type of the heads: the reference does so in
     * some architectures (OLMo, ERNIE) and rounds to the heads' type on the way in others.
     *
     * @param positions of all tokens of the segments, {@code [T]}
     */
    Turn at(Tensor positions, List<Segment> segments) {
        Tensor angles =
                positions.to(DType.F32).unsqueeze(1).mul(perToken(segments).to(positions.device())); // [T, W/2]
        Tensor cos = angles.cos().mul(magnitude);
        double direction = rotation.pairing() == Rotation.Pairing.HALVES_BACKWARDS ? -1 : 1;
        Tensor sin = angles.sin().mul(direction * magnitude);
        return new Angles(
                rotation.pairing(),
                ofPairs(cos, cos).unsqueeze(1),
                ofPairs(sin.mul(-1), sin).unsqueeze(1));
    }

    /** What belongs to the first and to the second of each pair, {@code [T, W/2]}, where these stand in {@code [T, W]}. */
    private Tensor ofPairs(Tensor first, Tensor second) {
        return switch (rotation.pairing()) {
            case HALVES, HALVES_BACKWARDS -> Tensor.cat(List.of(first, second), 1);
            case NEIGHBOURS -> Tensor.stack(List.of(first, second), 2).reshape(first.size(0), rotation.width());
        };
    }

    /** Frequencies of each token, {@code [T, W/2]}, or {@code [1, W/2]} if they are the same for all. */
    private Tensor perToken(List<Segment> segments) {
        int ordinary = rotation.scaling().sameUpTo(1);
        if (segments.stream().allMatch(segment -> segment.end() <= ordinary)) {
            return Tensor.of(frequencies, 1, frequencies.length);
        }
        int tokens = segments.stream().mapToInt(Segment::length).sum();
        float[] all = new float[tokens * frequencies.length];
        int at = 0;
        for (Segment segment : segments) {
            float[] own = segment.end() <= ordinary ? frequencies : frequencies(rotation, segment.end());
            for (int token = 0; token < segment.length(); token++) {
                System.arraycopy(own, 0, all, at, own.length);
                at += own.length;
            }
        }
        return Tensor.of(all, tokens, frequencies.length);
    }

    private static double magnitude(RopeScaling scaling) {
        if (scaling instanceof RopeScaling.Yarn yarn) {
            return yarn.attentionFactor();
        }
        return scaling instanceof RopeScaling.LongRope longRope ? longRope.attentionFactor() : 1;
    }

    /**
     * Frequencies {@code [W/2]} of a sequence of so many tokens, in fp32 and in the reference's order: far from the start of
     * a text the last bit of a frequency is seen.
     */
    private static float[] frequencies(Rotation.Rotary rotation, int length) {
        float[] periods = periods(theta(rotation, length), rotation.width());
        float[] frequencies = new float[periods.length];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = scaled(periods[i], i, rotation, length);
        }
        return frequencies;
    }

    /** {@code theta^(2i/W)} by libtorch, whose powers are not always those of Java. */
    private static float[] periods(float theta, int width) {
        float[] exponents = new float[width / 2];
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = 2f * i / width;
        }
        try (TensorScope scope = TensorScope.open()) {
            return Tensor.of(exponents, exponents.length).powersOf(theta).toFloats();
        }
    }

    private static float theta(Rotation.Rotary rotation, int length) {
        float theta = (float) rotation.theta();
        if (rotation.scaling() instanceof RopeScaling.Dynamic dynamic && length > dynamic.originalContext()) {
            float factor = (float) dynamic.factor();
            float growth = factor * length / dynamic.originalContext() - (float) (dynamic.factor() - 1);
            return theta * (float) Math.pow(growth, rotation.width() / (rotation.width() - 2.0));
        }
        return theta;
    }

    private static float scaled(float period, int i, Rotation.Rotary rotation, int length) {
        float frequency = 1f / period;
        RopeScaling scaling = rotation.scaling();
        if (scaling instanceof RopeScaling.Linear linear) {
            return frequency / (float) linear.factor();
        }
        if (scaling instanceof RopeScaling.LeadingPairs leading) {
            return i < leading.pairs() ? frequency / (float) leading.factor() : 0;
        }
        if (scaling instanceof RopeScaling.LongRope longRope) {
            boolean isLong = length > longRope.originalContext();
            double factor = (isLong ? longRope.longFactors() : longRope.shortFactors()).get(i);
            return 1f / ((float) factor * period);
        }
        if (scaling instanceof RopeScaling.Llama3 llama3) {
            return scaled(frequency, llama3);
        }
        if (scaling instanceof RopeScaling.Yarn yarn) {
            float kept = 1 - ramp(i, yarn, rotation);
            return 1f / ((float) yarn.factor() * period) * (1 - kept) + frequency * kept;
        }
        return frequency;
    }

    private static float scaled(float frequency, RopeScaling.Llama3 scaling) {
        float wavelength = (float) (2 * Math.PI) / frequency;
        float factor = (float) scaling.factor();
        if (wavelength > scaling.originalContext() / scaling.lowFreqFactor()) {
            return frequency / factor;
        }
        if (wavelength < scaling.originalContext() / scaling.highFreqFactor()) {
            return frequency;
        }
        float kept = (scaling.originalContext() / wavelength - (float) scaling.lowFreqFactor())
                / (float) (scaling.highFreqFactor() - scaling.lowFreqFactor());
        return (1 - kept) * frequency / factor + kept * frequency;
    }

    /** From 0 where frequencies are kept to 1 where they are divided. */
    private static float ramp(int i, RopeScaling.Yarn yarn, Rotation.Rotary rotation) {
        double low = dimensionTurning(yarn.betaFast(), yarn, rotation);
        double high = dimensionTurning(yarn.betaSlow(), yarn, rotation);
        double first = Math.max(0, yarn.wholeDimensions() ? Math.floor(low) : low);
        double last = Math.min(rotation.width() - 1, yarn.wholeDimensions() ? Math.ceil(high) : high);
        double length = first == last ? 1e-3 : last - first;
        return Math.max(0, Math.min(1, (i - (float) first) / (float) length));
    }

    /** The (fractional) index of the frequency that turns so many times within the original context. */
    private static double dimensionTurning(double turns, RopeScaling.Yarn yarn, Rotation.Rotary rotation) {
        return rotation.width()
                * Math.log(yarn.originalContext() / (turns * 2 * Math.PI))
                / (2 * Math.log(rotation.theta()));
    }
}
