package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/** Takes the weights of blocks, and puts them where the configuration wants them. */
record BlockLoader(ModelConfig config, WeightNames names, Weights weights, NormLoader norms) {

    BlockLoader(ModelConfig config, WeightNames names, Weights weights) {
        this(config, names, weights, new NormLoader(config, weights));
    }

    Block block(int layer) {
        LayerWeights own = new LayerWeights(layer, names, weights);
        if (config.branchOrder() == BranchOrder.IN_TURN) {
            return new SequentialBlock(
                    layer,
                    branchNorms(own, Part.ATTENTION_NORM, Part.ATTENTION_POST_NORM),
                    attention(own),
                    branchNorms(own, Part.MLP_NORM, Part.MLP_POST_NORM),
                    mlp(own),
                    config.branchScale(),
                    outputScale(own));
        }
        return new ParallelBlock(
                layer,
                branchNorm(own, Part.ATTENTION_NORM),
                attention(own),
                config.branchOrder() == BranchOrder.SIDE_BY_SIDE
                        ? Optional.of(branchNorm(own, Part.MLP_NORM))
                        : Optional.empty(),
                mlp(own));
    }

    private Optional<Tensor> outputScale(LayerWeights own) {
        return switch (config.layerScale()) {
            case NONE -> Optional.empty();
            case LEARNED -> Optional.of(own.take(Part.LAYER_SCALE, 1));
        };
    }

    private Attention attention(LayerWeights own) {
        return new AttentionLoader(config, own, norms).attention();
    }

    private Mlp mlp(LayerWeights own) {
        return new MlpLoader(config, own).mlp(config.layers().get(own.layer()).mlp());
    }

    private BranchNorms branchNorms(LayerWeights own, Part before, Part after) {
        NormPlacement placement = config.normPlacement();
        return new BranchNorms(
                placement == NormPlacement.AFTER ? Optional.empty() : Optional.of(branchNorm(own, before)),
                placement == NormPlacement.BEFORE ? Optional.empty() : Optional.of(branchNorm(own, after)));
    }

    private Norm branchNorm(LayerWeights own, Part part) {
        return norms.norm(own.name(part), config.dModel());
    }
}
