package dev.plumbline.benchmark;

import dev.plumbline.model.Heads;
import dev.plumbline.model.KvCache;
import dev.plumbline.model.LayerKind;
import dev.plumbline.model.MlpKind;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model must compute and read at least. Only projections are counted as work: attention, norms and the like come on
 * top, so a share of a ceiling that is computed from this is never too high.
 */
public final class ModelCost {

    /** A projection {@code [out, in]}, and how many of its kind a token goes through. */
    record Projection(long out, long in, long count) {
        double flops(double tokens) {
            return 2.0 * out * in * count * tokens;
        }
    }

    private final ModelConfig config;

    ModelCost(ModelConfig config) {
        this.config = config;
    }

    /** Every projection of a layer that a token goes through. */
    List<Projection> projections(LayerKind layer) {
        long d = config.dModel();
        Heads heads = config.heads(layer);
        long q = heads.queryWidth();
        List<Projection> projections = new ArrayList<>(List.of(
                new Projection(q, d, 1),
                new Projection(heads.keyWidth(), d, heads.keyValueProjections()),
                new Projection(d, q, 1)));
        projections.addAll(projections(layer.mlp()));
        return projections;
    }

    private List<Projection> projections(MlpKind mlp) {
        long d = config.dModel();
        List<Projection> projections = new ArrayList<>();
        if (mlp instanceof MlpKind.WithShared both) {
            projections.addAll(projections(both.routed()));
            projections.addAll(projections(new MlpKind.Dense(both.sharedWidth(), false)));
            if (both.switched()) {
                projections.add(new Projection(1, d, 1));
            }
        } else if (mlp instanceof MlpKind.Routed routed) {
            projections.add(new Projection(routed.experts(), d, 1));
            projections.add(new Projection(routed.width(), d, 2L * routed.perToken()));
            projections.add(new Projection(d, routed.width(), routed.perToken()));
        } else if (mlp instanceof MlpKind.Dense dense) {
            projections.add(new Projection(dense.width(), d, 2));
            projections.add(new Projection(d, dense.width(), 1));
        } else if (mlp instanceof MlpKind.Plain plain) {
            addPlain(projections, plain.width());
        } else if (mlp instanceof MlpKind.Xielu xielu) {
            addPlain(projections, xielu.width());
        }
        return projections;
    }

    private void addPlain(List<Projection> projections, long width) {
        projections.add(new Projection(width, config.dModel(), 1));
        projections.add(new Projection(config.dModel(), width, 1));
    }

    /** Floating-point operations of so many tokens through the first layers, and of the logits of some of them. */
    double flops(double tokens, int layers, double logits) {
        double flops = 2.0 * config.vocabSize() * config.dModel() * logits;
        for (LayerKind layer : config.layers().subList(0, layers)) {
            for (Projection projection : projections(layer)) {
                flops += projection.flops(tokens);
            }
        }
        return flops;
    }

    /**
     * Bytes that one step of decoding reads: every weight once, and the keys and values seen.
     *
     * @param batch sequences, which share the weights
     * @param seen tokens in the cache of each
     */
    double bytesPerStep(DType dtype, int batch, double seen) {
        double weights = (double) config.vocabSize() * config.dModel();
        for (LayerKind layer : config.layers()) {
            weights += weights(layer, batch);
        }
        return weights * dtype.bytes() + batch * seen * KvCache.bytesPerToken(config, dtype);
    }

    private double weights(LayerKind layer, int batch) {
        double weights = projections(layer).stream()
                .mapToDouble(p -> (double) p.out() * p.in() * p.count())
                .sum();
        MlpKind mlp = layer.mlp() instanceof MlpKind.WithShared both ? both.routed() : layer.mlp();
        if (mlp instanceof MlpKind.Routed routed) {
            // As many experts as the batch can choose at most.
            double chosen = Math.min(routed.experts(), (double) batch * routed.perToken()) - routed.perToken();
            weights += 3.0 * chosen * routed.width() * config.dModel();
        }
        return weights;
    }
}
