package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** The nonlinearity of an MLP. */
public enum Activation {
    /** {@code x · sigmoid(x)}. */
    SILU {
        @Override
        Tensor apply(Tensor x) {
            return x.silu();
        }
    },
    /** {@code x · Φ(x)}, with the tanh approximation of the normal distribution (Hendrycks and Gimpel 2016). */
    GELU_TANH {
        @Override
        Tensor apply(Tensor x) {
            return x.geluTanh();
        }
    },
    /** {@code x · Φ(x)}. */
    GELU {
        @Override
        Tensor apply(Tensor x) {
            return x.gelu();
        }
    },
    /** {@code max(x, 0)²} (So et al. 2021). */
    RELU_SQUARED {
        @Override
        Tensor apply(Tensor x) {
            Tensor positive = x.relu();
            return positive.mulInPlace(positive);
        }
    };

    abstract Tensor apply(Tensor x);
}
