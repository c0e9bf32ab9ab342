package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.function.UnaryOperator;

/** {@code down(activation(up(x)))}. */
record PlainMlp(UnaryOperator<Tensor> activation, Linear up, Linear down) implements Mlp {
    @Override
    public Tensor apply(Tensor x) {
        return down.apply(activation.apply(up.apply(x)));
    }
}
