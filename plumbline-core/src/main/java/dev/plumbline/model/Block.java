package dev.plumbline.model;

import dev.plumbline.hook.HookPass;
import dev.plumbline.tensor.Tensor;

/** One layer: attention and an MLP, which read the residual stream and add to it. */
sealed interface Block permits SequentialBlock, ParallelBlock {

    /** From 0. */
    int layer();

    /** The residual stream {@code [T, D]} after this layer. */
    Tensor apply(Tensor stream, AttentionPass pass, Rope.Turn turn, HookPass hooks);
}
