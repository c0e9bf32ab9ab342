package dev.plumbline.nano.train;

import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One lane's view of the weights: leaves of the autograd graph that share the weights' memory, with a flat gradient of their
 * own, into which autograd accumulates. Several lanes can compute at once.
 */
final class Parameters implements AutoCloseable {
    private final Shape shape;
    private final Tensor gradient;
    private final Tensor embedding;
    private final Tensor finalNorm;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Tensor> leaves = new ArrayList<>();

    /** Weights of one block. */
    record Block(
            Tensor qkv,
            Tensor attentionOut,
            Tensor gateUp,
            Tensor down,
            Tensor inputNorm,
            Tensor mlpNorm,
            Tensor qNorm,
            Tensor kNorm) {}

    Parameters(Weights weights) {
        this.shape = weights.shape();
        this.gradient = zeros(weights.count());
        this.embedding = leaf(weights, "embed");
        for (int l = 0; l < shape.nLayers(); l++) {
            blocks.add(new Block(
                    leaf(weights, l + ".qkv"),
                    leaf(weights, l + ".out"),
                    leaf(weights, l + ".gateUp"),
                    leaf(weights, l + ".down"),
                    leaf(weights, l + ".inputNorm"),
                    leaf(weights, l + ".mlpNorm"),
                    leaf(weights, l + ".qNorm"),
                    leaf(weights, l + ".kNorm")));
        }
        this.finalNorm = leaf(weights, "norm");
    }

    Shape shape() {
        return shape;
    }

    /** {@code [V, D]}; also turns residuals into logits. */
    Tensor embedding() {
        return embedding;
    }

    Tensor finalNorm() {
        return finalNorm;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** The gradient of all weights, flat. */
    Tensor gradient() {
        return gradient;
    }

    private Tensor leaf(Weights weights, String name) {
        Tensor leaf = weights.view(name, weights.values()).detach();
        leaf.requires_grad_(true);
        leaf.mutable_grad().put(weights.view(name, gradient));
        leaves.add(leaf);
        return leaf;
    }

    @Override
    public void close() {
        leaves.forEach(Tensor::close);
        gradient.close();
    }
}
