package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/**
 * A gated MLP with bounds, see {@link MlpKind.ExpertGate.Clamped}.
 *
 * @param gateUp gate and up in one projection
 */
record ClampedMlp(MlpKind.ExpertGate.Clamped gate, Linear gateUp, Linear down) implements Mlp {
    @Override
    public Tensor apply(Tensor x) {
        Tensor both = gateUp.apply(x);
        long f = both.size(1) / 2;
        Tensor open = both.narrow(1, 0, f).clamp(Double.NEGATIVE_INFINITY, gate.limit());
        Tensor up = both.narrow(1, f, f).clamp(-gate.limit(), gate.limit());
        return down.apply(open.mul(gate.gain()).sigmoid().mulInPlace(open).mulInPlace(up.add(1)));
    }
}
