package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/** A projection, {@code x @ weightᵀ + bias}. */
record Linear(Tensor weight, Optional<Tensor> bias) {
    Tensor apply(Tensor x) {
        return bias.map(b -> x.linear(weight, b)).orElseGet(() -> x.linear(weight));
    }
}
