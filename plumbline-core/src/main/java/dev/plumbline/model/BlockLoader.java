package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.ModelConfig.BranchOrder;
import dev.plumbline.model.ModelConfig.NormKind;
import dev.plumbline.model.ModelConfig.NormPlacement;
import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes the weights of blocks, and puts them where the configuration wants them. */
record BlockLoader(ModelConfig config, WeightNames names, Weights weights) {

    Block block(int layer) {
        if (config.branchOrder() != BranchOrder.IN_TURN) {
            return sideBySide(layer);
        }
        return new SequentialBlock(
                layer,
                branchNorms(layer, Part.ATTENTION_NORM, Part.ATTENTION_POST_NORM),
                attention(layer),
                branchNorms(layer, Part.MLP_NORM, Part.MLP_POST_NORM),
                mlp(layer, config.layers().get(layer).mlp()),
                config.branchScale());
    }

    private Block sideBySide(int layer) {
        return new ParallelBlock(
                layer,
                branchNorm(layer, Part.ATTENTION_NORM),
                attention(layer),
                config.branchOrder() == BranchOrder.SIDE_BY_SIDE
                        ? Optional.of(branchNorm(layer, Part.MLP_NORM))
                        : Optional.empty(),
                mlp(layer, config.layers().get(layer).mlp()));
    }

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
            case NONE -> owned(() -> Tensor.full(1, weights.dtype(), weights.device(), width));
        };
    }

    /** A tensor made from weights, which lives as long as they do. */
    private Tensor owned(Supplier<Tensor> made) {
        try (TensorScope scope = TensorScope.open()) {
            return weights.own(made.get());
        }
    }

    private BranchNorms branchNorms(int layer, Part before, Part after) {
        NormPlacement placement = config.normPlacement();
        return new BranchNorms(
                placement == NormPlacement.AFTER ? Optional.empty() : Optional.of(branchNorm(layer, before)),
                placement == NormPlacement.BEFORE ? Optional.empty() : Optional.of(branchNorm(layer, after)));
    }

    private Norm branchNorm(int layer, Part part) {
        return norm(names.of(layer, part), config.dModel());
    }

    private Attention attention(int layer) {
        int d = config.dModel();
        int q = config.nHeads() * config.headDim();
        int kv = config.nKvHeads() * config.headDim();
        boolean biasedInputs = config.attentionBiases() != AttentionBiases.NONE;
        boolean biasedOutput = config.attentionBiases() == AttentionBiases.ALL;
        return new Attention(
                config,
                inputs(layer, biasedInputs, q, kv),
                linear(layer, Part.OUTPUT, Part.OUTPUT_BIAS, biasedOutput, d, q),
                headNorm(layer, Part.QUERY_NORM, q),
                headNorm(layer, Part.KEY_NORM, kv));
    }

    private Linear inputs(int layer, boolean biased, int q, int kv) {
        int d = config.dModel();
        int all = q + 2 * kv;
        if (names.has(Part.QUERY_KEY_VALUE_BY_HEAD)) {
            return new Linear(
                    weights.takeLinear(
                            names.of(layer, Part.QUERY_KEY_VALUE_BY_HEAD), new long[] {all, d}, all, d, this::byKind),
                    biased ? Optional.of(biasByKind(layer, all)) : Optional.empty());
        }
        if (names.has(Part.QUERY_KEY_VALUE)) {
            return linear(layer, Part.QUERY_KEY_VALUE, Part.QUERY_KEY_VALUE_BIAS, biased, all, d);
        }
        return joined(
                layer,
                List.of(Part.QUERY, Part.KEY, Part.VALUE),
                List.of(Part.QUERY_BIAS, Part.KEY_BIAS, Part.VALUE_BIAS),
                biased,
                List.of((long) q, (long) kv, (long) kv),
                d);
    }

    private Tensor biasByKind(int layer, int all) {
        Tensor stored = weights.take(names.of(layer, Part.QUERY_KEY_VALUE_BY_HEAD_BIAS), all);
        return owned(() -> byKind(stored));
    }

    /** From the queries, the key and the value of each kv head to all queries, all keys and all values. */
    private Tensor byKind(Tensor byHead) {
        int group = config.groupSize();
        Tensor heads = byHead.reshape(config.nKvHeads(), group + 2, config.headDim(), -1);
        List<Tensor> kinds = Stream.of(
                        heads.narrow(1, 0, group), heads.narrow(1, group, 1), heads.narrow(1, group + 1, 1))
                .map(kind -> kind.reshape(-1, heads.size(3)))
                .toList();
        return Tensor.cat(kinds, 0).reshape(byHead.shape());
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

    private Optional<Norm> headNorm(int layer, Part part, int allHeads) {
        return switch (config.queryKeyNorm()) {
            case NONE -> Optional.empty();
            case PER_HEAD, PER_TURNED_HEAD -> Optional.of(norm(names.of(layer, part), config.headDim()));
            case PER_HEAD_OF_ITS_OWN -> Optional.of(normOfEach(layer, part, allHeads / config.headDim()));
            case ALL_HEADS -> Optional.of(norm(names.of(layer, part), allHeads));
        };
    }

    private Norm normOfEach(int layer, Part part, int heads) {
        int e = config.headDim();
        Tensor ones = owned(() -> Tensor.full(1, DType.F32, weights.device(), e));
        Norm plain = config.normKind() == NormKind.RMS
                ? new RmsNorm(ones, config.normEps())
                : new LayerNorm(ones, Optional.empty(), config.normEps());
        if (!names.isOfEach(part)) {
            Tensor together = weights.take(names.of(layer, part), heads, e);
            return new HeadNorm(plain, owned(() -> together.to(DType.F32)));
        }
        List<Tensor> gains = IntStream.range(0, heads)
                .mapToObj(head -> weights.take(names.of(layer, part, head), e))
                .toList();
        return new HeadNorm(plain, owned(() -> Tensor.stack(gains, 0).to(DType.F32)));
    }

    private Mlp mlp(int layer, MlpKind kind) {
        if (kind instanceof MlpKind.Routed routed) {
            return new RoutedMlp(
                    linear(names.of(layer, Part.ROUTER), routed.experts(), config.dModel()),
                    IntStream.range(0, routed.experts())
                            .mapToObj(expert -> expert(layer, expert, routed.width()))
                            .toList(),
                    routed.perToken(),
                    routed.normalised());
        }
        if (kind instanceof MlpKind.Plain plain) {
            return plain(layer, config.activation()::apply, plain.width(), plain.biased());
        }
        if (kind instanceof MlpKind.Xielu xielu) {
            return plain(layer, xielu(layer), xielu.width(), false);
        }
        return dense(layer, (MlpKind.Dense) kind);
    }

    private PlainMlp plain(int layer, UnaryOperator<Tensor> activation, int f, boolean biased) {
        int d = config.dModel();
        return new PlainMlp(
                activation,
                linear(layer, Part.UP, Part.UP_BIAS, biased, f, d),
                linear(layer, Part.DOWN, Part.DOWN_BIAS, biased, d, f));
    }

    private Xielu xielu(int layer) {
        Tensor beta = number(layer, Part.XIELU_BETA);
        return new Xielu(
                owned(() -> softplus(layer, Part.XIELU_POSITIVE)),
                owned(() -> softplus(layer, Part.XIELU_NEGATIVE).add(beta)),
                beta,
                number(layer, Part.XIELU_EPS));
    }

    private Tensor softplus(int layer, Part part) {
        return weights.take(names.of(layer, part), 1).to(DType.F32).softplus();
    }

    private Tensor number(int layer, Part part) {
        Tensor stored = weights.take(names.of(layer, part));
        return owned(() -> stored.to(DType.F32).reshape(1));
    }

    private GatedMlp expert(int layer, int expert, int f) {
        int d = config.dModel();
        List<String> gateUp = Stream.of(Part.EXPERT_GATE, Part.EXPERT_UP)
                .map(part -> names.of(layer, part, expert))
                .toList();
        return new GatedMlp(
                config.activation(),
                new Linear(weights.takeLinear(gateUp, List.of((long) f, (long) f), d), Optional.empty()),
                linear(names.of(layer, Part.EXPERT_DOWN, expert), d, f));
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
        String name = names.of(layer, part);
        return new Linear(
                names.transposed()
                        ? weights.takeLinear(name, new long[] {in, out}, out, in, stored -> stored.transpose(0, 1))
                        : weights.takeLinear(List.of(name), List.of((long) out), in),
                biased ? Optional.of(weights.take(names.of(layer, bias), out)) : Optional.empty());
    }

    private Linear linear(String name, int out, int in) {
        return new Linear(weights.takeLinear(List.of(name), List.of((long) out), in), Optional.empty());
    }
}
