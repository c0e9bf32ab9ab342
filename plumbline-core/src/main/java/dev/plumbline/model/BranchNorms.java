package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The norms around one branch (attention or MLP) of a layer, whose result is added to the residual stream. */
record BranchNorms(Optional<Norm> before, Optional<Norm> after) {
    Tensor around(Tensor stream, UnaryOperator<Tensor> branch) {
        Tensor result = branch.apply(before.map(norm -> norm.apply(stream)).orElse(stream));
        return after.map(norm -> norm.apply(result)).orElse(result);
    }
}
