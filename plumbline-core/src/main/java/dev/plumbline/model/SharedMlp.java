package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * A mixture, and beside it an MLP that every token goes through.
 *
 * @param gate if present, {@code [T, D]} to the log-odds {@code [T, 1]} of the latter
 */
record SharedMlp(Mlp routed, Mlp shared, Optional<Linear> gate) implements Mlp {
    @Override
    public Tensor apply(Tensor x) {
        Tensor always = shared.apply(x);
        return routed.apply(x)
                .add(gate.map(g -> g.apply(x).sigmoid().mul(always)).orElse(always));
    }
}
