package dev.plumbline.nano.train;

import static dev.plumbline.nano.train.Native.scalar;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.rsqrt;
import static org.bytedeco.pytorch.global.torch.silu;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The forward computation of Qwen3, written once for training and for sampling. The residual stream is kept as
 * {@code [N, D]} with N = B·T rows.
 */
final class Network {
    private final Parameters weights;
    private final Shape shape;

    /** How queries {@code [B, T, H, E]} meet keys and values {@code [B, T, K, E]}; returns {@code [N, H·E]}. */
    interface Attention {
        Tensor apply(int layer, Tensor queries, Tensor keys, Tensor values);
    }

    /** Sees, and may replace, the residual stream {@code [N, D]} after each block. */
    interface Hook {
        Tensor after(int layer, Tensor residual);
    }

    /** Rotations of some positions. */
    record Rotation(Tensor cos, Tensor sin) {}

    Network(Parameters weights) {
        this.weights = weights;
        this.shape = weights.shape();
    }

    /**
     * The residual stream after the last block.
     *
     * @param ids {@code [B, T]}
     * @param rotation of the positions, broadcastable to {@code [B, T, 1, E/2]}
     */
    Tensor residual(Tensor ids, Rotation rotation, Attention attention, Hook hook) {
        long b = ids.size(0);
        long t = ids.size(1);
        Tensor x = org.bytedeco
                .pytorch
                .global
                .torch
                .embedding(weights.embedding(), ids)
                .view(b * t, shape.dModel());
        for (int layer = 0; layer < shape.nLayers(); layer++) {
            x = hook.after(layer, block(layer, x, b, t, rotation, attention));
        }
        return x;
    }

    /** Scores of the next token {@code [N, V]} for rows of the residual stream {@code [N, D]}. */
    Tensor logits(Tensor residual) {
        return linear(norm(residual, weights.finalNorm()), weights.embedding());
    }

    private Tensor block(int layer, Tensor x, long b, long t, Rotation rotation, Attention attention) {
        Parameters.Block w = weights.blocks().get(layer);
        long h = shape.nHeads();
        long k = shape.nKvHeads();
        long e = shape.headDim();
        Tensor qkv = linear(norm(x, w.inputNorm()), w.qkv());
        Tensor queries = rotate(norm(qkv.narrow(1, 0, h * e).view(b, t, h, e), w.qNorm()), rotation);
        Tensor keys = rotate(norm(qkv.narrow(1, h * e, k * e).view(b, t, k, e), w.kNorm()), rotation);
        Tensor values = qkv.narrow(1, (h + k) * e, k * e).view(b, t, k, e);
        Tensor mid = x.add(linear(attention.apply(layer, queries, keys, values), w.attentionOut()));
        Tensor gateUp = linear(norm(mid, w.mlpNorm()), w.gateUp());
        Tensor gate = gateUp.narrow(1, 0, shape.dMlp());
        Tensor up = gateUp.narrow(1, shape.dMlp(), shape.dMlp());
        return mid.add(linear(silu(gate).mul(up), w.down()));
    }

    private static Tensor norm(Tensor x, Tensor weight) {
        Tensor meanSquare = x.square().mean(new long[] {-1}, true, new org.bytedeco.pytorch.ScalarTypeOptional());
        return x.mul(rsqrt(meanSquare.add(scalar(Shape.NORM_EPS)))).mul(weight);
    }

    private Tensor rotate(Tensor x, Rotation rotation) {
        long half = shape.headDim() / 2;
        Tensor first = x.narrow(3, 0, half);
        Tensor second = x.narrow(3, half, half);
        return cat(
                new TensorVector(
                        first.mul(rotation.cos()).sub(second.mul(rotation.sin())),
                        second.mul(rotation.cos()).add(first.mul(rotation.sin()))),
                3);
    }

    /** Rotations of positions given row by row, {@code [rows, columns, 1, E/2]}. */
    Rotation rotation(long[][] positions) {
        int half = shape.headDim() / 2;
        int columns = positions[0].length;
        float[] cos = new float[positions.length * columns * half];
        float[] sin = new float[cos.length];
        int at = 0;
        for (long[] row : positions) {
            for (long position : row) {
                for (int i = 0; i < half; i++) {
                    double angle = position * Math.pow(Shape.ROPE_THETA, -2.0 * i / shape.headDim());
                    cos[at] = (float) Math.cos(angle);
                    sin[at++] = (float) Math.sin(angle);
                }
            }
        }
        return new Rotation(
                Native.tensor(cos, positions.length, columns, 1, half),
                Native.tensor(sin, positions.length, columns, 1, half));
    }

    /** Attention of each position to itself and those before it, in sequences that all start at position 0. */
    Attention causal(long t) {
        Tensor mask = org.bytedeco
                .pytorch
                .global
                .torch
                .full(new long[] {t, t}, scalar(Float.NEGATIVE_INFINITY))
                .triu(1);
        return (layer, queries, keys, values) -> attend(queries, keys.transpose(1, 2), values.transpose(1, 2), mask);
    }

    /**
     * Softmax attention by plain matrix products, which on a CPU at this size is faster than the fused call.
     *
     * @param queries {@code [B, T, H, E]}
     * @param keys {@code [B, K, S, E]}, as are the values
     * @param mask added to the scores, broadcastable to {@code [B, K, H/K, T, S]}
     */
    Tensor attend(Tensor queries, Tensor keys, Tensor values, Tensor mask) {
        long b = queries.size(0);
        long t = queries.size(1);
        long k = shape.nKvHeads();
        long group = shape.nHeads() / k;
        long e = shape.headDim();
        // [B, T, K, G, E] -> [B, K, G·T, E]: the heads of a group share their keys, so they are just more rows.
        Tensor grouped = queries.view(b, t, k, group, e).permute(0, 2, 3, 1, 4).reshape(b, k, group * t, e);
        Tensor scores = grouped.matmul(keys.transpose(2, 3)).mul(scalar(1 / Math.sqrt((double) e)));
        long s = keys.size(2);
        Tensor masked = scores.view(b, k, group, t, s).add(mask);
        Tensor probabilities = masked.softmax(-1).view(b, k, group * t, s);
        return probabilities
                .matmul(values)
                .view(b, k, group, t, e)
                .permute(0, 3, 1, 2, 4)
                .reshape(b * t, shape.nHeads() * e);
    }
}
