package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the weights of norms, all of the kind that the configuration asks for. */
record NormLoader(ModelConfig config, Weights weights) {

    Norm norm(String name, int width) {
        Tensor gain = gain(name, width);
        return switch (config.normKind()) {
            case RMS -> rms(gain);
            case LAYER -> new LayerNorm(gain, Optional.empty(), config.normEps());
            case BIASED_LAYER -> {
                Tensor bias = weights.take(WeightNames.biasOf(name), width);
                yield new LayerNorm(gain, Optional.of(owned(() -> bias.to(gain.dtype()))), config.normEps());
            }
        };
    }

    /** What a norm multiplies with, {@code [width]}. */
    Tensor gain(String name, int width) {
        return switch (config.normGain()) {
            case WEIGHT -> weights.take(name, width);
            case ONE_PLUS_WEIGHT -> {
                Tensor weight = weights.take(name, width);
                yield owned(() -> weight.to(DType.F32).add(1));
            }
            case NONE -> ones(weights.dtype(), width);
        };
    }

    /** A norm of heads in fp32, or of other vectors if it is RMS norm, that multiplies with nothing. */
    Norm unweighted(int width) {
        if (config.normKind() != NormKind.RMS) {
            return new LayerNorm(ones(DType.F32, width), Optional.empty(), config.normEps());
        }
        return onCpu() ? new LengthRmsNorm(Optional.empty(), eps()) : new RmsNorm(Optional.empty(), config.normEps());
    }

    private Norm rms(Tensor gain) {
        if (!onCpu()) {
            return new RmsNorm(Optional.of(gain), config.normEps());
        }
        try (TensorScope scope = TensorScope.open()) {
            MirroredRmsNorm mirrored = MirroredRmsNorm.of(gain, config.normEps(), weights.dtype());
            weights.own(mirrored.gains());
            weights.own(mirrored.signs());
            Tensor exact = weights.own(gain.to(DType.F32));
            return new CpuRmsNorm(mirrored, new LengthRmsNorm(Optional.of(exact), eps()));
        }
    }

    private Tensor eps() {
        return owned(() -> Tensor.full(config.normEps(), DType.F32, weights.device(), 1));
    }

    private boolean onCpu() {
        return weights.device().equals(Device.CPU);
    }

    private Tensor ones(DType dtype, int width) {
        return owned(() -> Tensor.full(1, dtype, weights.device(), width));
    }

    private Tensor owned(Supplier<Tensor> made) {
        try (TensorScope scope = TensorScope.open()) {
            return weights.own(made.get());
        }
    }
}
