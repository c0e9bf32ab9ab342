package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the weights of norms, all of the kind that the configuration asks for. */
record NormLoader(ModelConfig config, Weights weights) {

    Norm norm(String name, int width) {
        Tensor gain = gain(name, width);
        return switch (config.normKind()) {
            case RMS -> new RmsNorm(gain, config.normEps());
            case LAYER -> new LayerNorm(gain, Optional.empty(), config.normEps());
            case BIASED_LAYER -> {
                Tensor bias = weights.take(WeightNames.biasOf(name), width);
                yield new LayerNorm(gain, Optional.of(owned(() -> bias.to(gain.dtype()))), config.normEps());
            }
        };
    }

    private Tensor gain(String name, int width) {
        return switch (config.normGain()) {
            case WEIGHT -> weights.take(name, width);
            case ONE_PLUS_WEIGHT -> {
                Tensor weight = weights.take(name, width);
                yield owned(() -> weight.to(DType.F32).add(1));
            }
            case NONE -> ones(weights.dtype(), width);
        };
    }

    /** A norm without a weight, computed in this type at least. */
    Norm unweighted(DType dtype, int width) {
        Tensor ones = ones(dtype, width);
        return config.normKind() == NormKind.RMS
                ? new RmsNorm(ones, config.normEps())
                : new LayerNorm(ones, Optional.empty(), config.normEps());
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
