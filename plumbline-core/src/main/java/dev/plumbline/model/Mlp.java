package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** The feed-forward part of a layer, {@code [T, D]} to {@code [T, D]}. */
sealed interface Mlp permits GatedMlp, PlainMlp, RoutedMlp {
    Tensor apply(Tensor x);
}
