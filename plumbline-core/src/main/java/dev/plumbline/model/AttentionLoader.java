package dev.plumbline.model;

import dev.plumbline.model.Heads.Values;
import dev.plumbline.model.ModelConfig.AttentionBiases;
import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes the weights of one layer's attention. */
record AttentionLoader(ModelConfig config, Heads heads, LayerWeights of, NormLoader norms) {

    AttentionLoader(ModelConfig config, LayerWeights of, NormLoader norms) {
        this(config, config.heads(of.layer()), of, norms);
    }

    Attention attention() {
        int q = heads.queryWidth();
        int kv = heads.keyWidth();
        boolean biasedInputs = config.attentionBiases() != AttentionBiases.NONE;
        boolean biasedOutput = config.attentionBiases() == AttentionBiases.ALL;
        return new Attention(
                config,
                heads,
                inputs(biasedInputs, q, kv),
                of.linear(Part.OUTPUT, Part.OUTPUT_BIAS, biasedOutput, config.dModel(), q),
                queryKeyNorm(),
                valueNorm(),
                new HeadScores(config.scores(), sinks()));
    }

    private Optional<Tensor> sinks() {
        return config.scores().sinks() ? Optional.of(of.take(Part.SINKS, heads.queries())) : Optional.empty();
    }

    private Linear inputs(boolean biased, int q, int kv) {
        int d = config.dModel();
        int all = q + 2 * kv;
        if (of.has(Part.QUERY_KEY_VALUE_BY_HEAD)) {
            return new Linear(
                    of.weights()
                            .takeLinear(
                                    of.name(Part.QUERY_KEY_VALUE_BY_HEAD), new long[] {all, d}, all, d, this::byKind),
                    biased ? Optional.of(biasByKind(all)) : Optional.empty());
        }
        if (of.has(Part.QUERY_KEY_VALUE)) {
            return of.linear(Part.QUERY_KEY_VALUE, Part.QUERY_KEY_VALUE_BIAS, biased, all, d);
        }
        if (heads.values() == Values.KEYS) {
            return of.joined(
                    List.of(Part.QUERY, Part.KEY),
                    List.of(Part.QUERY_BIAS, Part.KEY_BIAS),
                    biased,
                    List.of((long) q, (long) kv),
                    d);
        }
        return of.joined(
                List.of(Part.QUERY, Part.KEY, Part.VALUE),
                List.of(Part.QUERY_BIAS, Part.KEY_BIAS, Part.VALUE_BIAS),
                biased,
                List.of((long) q, (long) kv, (long) kv),
                d);
    }

    private Tensor biasByKind(int all) {
        Tensor stored = of.take(Part.QUERY_KEY_VALUE_BY_HEAD_BIAS, all);
        return of.owned(() -> byKind(stored));
    }

    /** From the queries, the key and the value of each kv head to all queries, all keys and all values. */
    private Tensor byKind(Tensor byHead) {
        int group = heads.groupSize();
        Tensor grouped = byHead.reshape(heads.keyValues(), group + 2, heads.width(), -1);
        List<Tensor> kinds = Stream.of(
                        grouped.narrow(1, 0, group), grouped.narrow(1, group, 1), grouped.narrow(1, group + 1, 1))
                .map(kind -> kind.reshape(-1, grouped.size(3)))
                .toList();
        return Tensor.cat(kinds, 0).reshape(byHead.shape());
    }

    private Optional<Norm> queryKeyNorm() {
        return switch (config.queryKeyNorm()) {
            case NONE -> Optional.empty();
            case PER_HEAD, PER_TURNED_HEAD -> Optional.of(headNorm(this::sameGains));
            case PER_HEAD_WHERE_TURNED ->
                config.layers().get(of.layer()).rotation() instanceof Rotation.Rotary
                        ? Optional.of(norms.unweighted(heads.width()))
                        : Optional.empty();
            case PER_HEAD_OF_ITS_OWN -> Optional.of(headNorm(this::ownGains));
            case ALL_HEADS ->
                Optional.of(new AllHeadsNorm(
                        heads.queries(),
                        norms.norm(of.name(Part.QUERY_NORM), heads.queryWidth()),
                        norms.norm(of.name(Part.KEY_NORM), heads.keyWidth())));
        };
    }

    private Optional<Norm> valueNorm() {
        return switch (config.valueNorm()) {
            case NONE -> Optional.empty();
            case PER_HEAD -> Optional.of(norms.unweighted(heads.width()));
        };
    }

    /** @param gains of some heads, {@code [count, E]} */
    private Norm headNorm(BiFunction<Part, Integer, Tensor> gains) {
        Tensor all = of.owned(() -> Tensor.cat(
                        List.of(
                                gains.apply(Part.QUERY_NORM, heads.queries()),
                                gains.apply(Part.KEY_NORM, heads.keyValues())),
                        0)
                .to(DType.F32));
        return new HeadNorm(norms.unweighted(heads.width()), all);
    }

    private Tensor sameGains(Part part, int count) {
        return norms.gain(of.name(part), heads.width()).unsqueeze(0).expand(count, heads.width());
    }

    private Tensor ownGains(Part part, int count) {
        int e = heads.width();
        if (!of.names().isOfEach(part)) {
            return of.take(part, count, e);
        }
        return Tensor.stack(
                IntStream.range(0, count)
                        .mapToObj(head -> of.weights().take(of.names().of(of.layer(), part, head), e))
                        .toList(),
                0);
    }
}
