package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/** {@code down(silu(gate(x)) · up(x))} (SwiGLU, Shazeer 2020). */
record GatedMlp(Linear gate, Linear up, Linear down) {
    Tensor apply(Tensor x) {
        return down.apply(gate.apply(x).silu().mul(up.apply(x)));
    }
}
