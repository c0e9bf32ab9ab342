package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;
import dev.plumbline.tensor.DeviceVector;
import dev.plumbline.tensor.Shapes;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;

/**
 * An edit by a formula on the tensors of a model. Its result is rounded to the residual stream's type once, at the end. Every
 * operation counts: while tokens are generated one by one, an edit costs their number and nothing else.
 */
final class VectorEdit implements Edit {

    /** What is done. It returns a new tensor. */
    @FunctionalInterface
    interface Formula {

        /** The edited activations {@code [N, D]}, in fp32 or in the given type; the given ones are in the model's type. */
        Tensor apply(Tensor activations);
    }

    /** What is done by the unit vector. */
    @FunctionalInterface
    interface UnitFormula {

        /** As {@link Formula#apply}, with a vector {@code [D]} in fp32. */
        Tensor apply(Tensor activations, Tensor unit);
    }

    private final String what;
    private final long dModel;
    private final Formula formula;

    private VectorEdit(Direction direction, Formula formula) {
        this.what = "Residual stream at " + direction.site() + ", where an intervention's direction is,";
        this.dModel = direction.dModel();
        this.formula = formula;
    }

    /** An edit at a direction's site. */
    static Edit at(Direction direction, Formula formula) {
        return new VectorEdit(direction, formula);
    }

    /** An edit by the unit vector of a direction. */
    static Edit withUnit(Direction direction, UnitFormula formula) {
        DeviceVector unit = new DeviceVector(direction.unit().vector());
        return at(direction, h -> formula.apply(h, unit.on(h.device())));
    }

    /** What lies along a direction taken out, and a vector {@code [D]} put in its place. */
    static Edit replacing(Direction direction, float[] vector) {
        DeviceVector replacement = new DeviceVector(vector);
        return withUnit(direction, (h, unit) -> Component.removed(h, unit).add(replacement.on(h.device())));
    }

    @Override
    public Tensor apply(Tensor activations) {
        Shapes.require(activations, what, Shapes.ANY, dModel);
        try (TensorScope scope = TensorScope.open()) {
            return scope.promote(formula.apply(activations).to(activations.dtype()));
        }
    }
}
