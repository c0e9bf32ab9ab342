package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.NormGain;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.List;
import java.util.Optional;

/** Takes the weights of blocks, and puts them where the configuration wants them. */
record BlockLoader(ModelConfig config, WeightNames names, Weights weights) {

    Block block(int layer) {
        return new Block(
                layer,
                branchNorms(layer, Part.ATTENTION_NORM, Part.ATTENTION_POST_NORM),
                attention(layer),
                branchNorms(layer, Part.MLP_NORM, Part.MLP_POST_NORM),
                mlp(layer, config.layers().get(layer).mlp()),
                config.branchScale());
    }

    RmsNorm norm(String name, int width) {
        Tensor weight = weights.take(name, width);
        return new RmsNorm(config.normGain() == NormGain.WEIGHT ? weight : onePlus(weight), config.normEps());
    }

    private Tensor onePlus(Tensor weight) {
        try (TensorScope scope = TensorScope.open()) {
            return weights.own(weight.to(DType.F32).add(1));
        }
    }

    private BranchNorms branchNorms(int layer, Part before, Part after) {
        NormPlacement placement = config.normPlacement();
        return new BranchNorms(
                placement == NormPlacement.AFTER ? Optional.empty() : Optional.of(branchNorm(layer, before)),
                placement == NormPlacement.BEFORE ? Optional.empty() : Optional.of(branchNorm(layer, after)));
    }

    private RmsNorm branchNorm(int layer, Part part) {
        return norm(names.of(layer, part), config.dModel());
    }

    private Attention attention(int layer) {
        int d = config.dModel();
        int q = config.nHeads() * config.headDim();
        int kv = config.nKvHeads() * config.headDim();
        boolean biasedInputs = config.attentionBiases() != AttentionBiases.NONE;
        boolean biasedOutput = config.attentionBiases() == AttentionBiases.ALL;
        Linear inputs = names.has(Part.QUERY_KEY_VALUE) && !biasedInputs
                ? linear(names.of(layer, Part.QUERY_KEY_VALUE), q + 2 * kv, d)
                : joined(
                        layer,
                        List.of(Part.QUERY, Part.KEY, Part.VALUE),
                        List.of(Part.QUERY_BIAS, Part.KEY_BIAS, Part.VALUE_BIAS),
                        biasedInputs,
                        List.of((long) q, (long) kv, (long) kv),
                        d);
        return new Attention(
                config,
                inputs,
                linear(layer, Part.OUTPUT, Part.OUTPUT_BIAS, biasedOutput, d, q),
                headNorm(layer, Part.QUERY_NORM, q),
                headNorm(layer, Part.KEY_NORM, kv),
                new HeadScores(config.scores(), sinks(layer)));
    }

    private Optional<Tensor> sinks(int layer) {
        return config.scores().sinks()
                ? Optional.of(weights.take(names.of(layer, Part.SINKS), config.nHeads()))
                : Optional.empty();
    }

    private Linear joined(
            int layer, List<Part> parts, List<Part> biases, boolean biased, List<Long> rows, long columns) {
        return new Linear(
                weights.takeLinear(names(layer, parts), rows, columns),
                biased ? Optional.of(weights.takeJoined(names(layer, biases), rows)) : Optional.empty());
    }

    private List<String> names(int layer, List<Part> parts) {
        return parts.stream().map(part -> names.of(layer, part)).toList();
    }

    private Optional<RmsNorm> headNorm(int layer, Part part, int allHeads) {
        return switch (config.queryKeyNorm()) {
            case NONE -> Optional.empty();
            case PER_HEAD -> Optional.of(norm(names.of(layer, part), config.headDim()));
            case PER_HEAD_WHERE_TURNED ->
                config.layers().get(layer).rotation() instanceof Rotation.Rotary
                        ? Optional.of(unweighted(config.headDim()))
                        : Optional.empty();
            case ALL_HEADS -> Optional.of(norm(names.of(layer, part), allHeads));
        };
    }

    private RmsNorm unweighted(int width) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor ones = Tensor.full(1, weights.dtype(), weights.device(), width);
            return new RmsNorm(weights.own(ones), config.normEps());
        }
    }

    private Mlp mlp(int layer, MlpKind kind) {
        if (kind instanceof MlpKind.WithShared both) {
            return new SharedMlp(
                    mlp(layer, both.routed()),
                    shared(layer, both.sharedWidth()),
                    shareOfShared(layer, both.switched()));
        }
        if (kind instanceof MlpKind.Routed routed) {
            return new ExpertLoader(config, names, weights, layer, routed).mlp();
        }
        return dense(layer, (MlpKind.Dense) kind);
    }

    private GatedMlp shared(int layer, int f) {
        int d = config.dModel();
        Linear gateUp = names.has(Part.SHARED_GATE_UP)
                ? linear(names.of(layer, Part.SHARED_GATE_UP), 2 * f, d)
                : joined(
                        layer,
                        List.of(Part.SHARED_GATE, Part.SHARED_UP),
                        List.of(),
                        false,
                        List.of((long) f, (long) f),
                        d);
        return new GatedMlp(config.activation(), gateUp, linear(names.of(layer, Part.SHARED_DOWN), d, f));
    }

    private Optional<Linear> shareOfShared(int layer, boolean switched) {
        return switched
                ? Optional.of(linear(names.of(layer, Part.SHARED_SWITCH), 1, config.dModel()))
                : Optional.empty();
    }

    private GatedMlp dense(int layer, MlpKind.Dense kind) {
        int d = config.dModel();
        int f = kind.width();
        Linear gateUp = names.has(Part.GATE_UP) && !kind.biased()
                ? linear(names.of(layer, Part.GATE_UP), 2 * f, d)
                : joined(
                        layer,
                        List.of(Part.GATE, Part.UP),
                        List.of(Part.GATE_BIAS, Part.UP_BIAS),
                        kind.biased(),
                        List.of((long) f, (long) f),
                        d);
        return new GatedMlp(config.activation(), gateUp, linear(layer, Part.DOWN, Part.DOWN_BIAS, kind.biased(), d, f));
    }

    private Linear linear(int layer, Part part, Part bias, boolean biased, int out, int in) {
        return new Linear(
                weights.takeLinear(List.of(names.of(layer, part)), List.of((long) out), in),
                biased ? Optional.of(weights.take(names.of(layer, bias), out)) : Optional.empty());
    }

    private Linear linear(String name, int out, int in) {
        return new Linear(weights.takeLinear(List.of(name), List.of((long) out), in), Optional.empty());
    }
}
