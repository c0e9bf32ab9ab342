package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scores of one layer's heads.
 *
 * @param kind how products become scores
 * @param sinks a score of each head, {@code [H]}, that takes its share of the softmax beside those of the keys, but has no
 *     value (attention sinks, Xiao et al. 2023)
 */
record HeadScores(AttentionScores kind, Optional<Tensor> sinks) {

    double scale() {
        return kind.scale();
    }

    OptionalDouble cap() {
        return kind.cap();
    }

    Tensor scaled(Tensor products) {
        return kind.scaled(products);
    }

    /**
     * What share each key has.
     *
     * @param masked scores of B sequences, H heads and T queries, in this order but in any shape, over the last dimension
     * @param t queries, T
     */
    Tensor shares(Tensor masked, long t) {
        return sinks.map(own -> beside(own, masked, t)).orElseGet(() -> masked.softmax(-1));
    }

    private static Tensor beside(Tensor sinks, Tensor masked, long t) {
        long h = sinks.numel();
        long s = masked.size(-1);
        long[] column = masked.shape();
        column[column.length - 1] = 1;
        Tensor scores = sinks.to(masked.dtype())
                .view(1, h, 1)
                .expand(masked.numel() / (s * h * t), h, t)
                .reshape(column);
        return Tensor.cat(List.of(masked, scores), -1).softmax(-1).narrow(-1, 0, s);
    }
}
