package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** The feed-forward part of a layer, {@code [T, D]} to {@code [T, D]}. */
sealed interface Mlp permits GatedMlp, ClampedMlp, PlainMlp, RoutedMlp, SharedMlp {
    Tensor apply(Tensor x);
}
