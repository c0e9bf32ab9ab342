package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Shapes;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;

/** An edit computed in fp32, whatever the type of the residual stream, whose result is rounded to that type. */
final class Fp32Edit implements Edit {

    /** What is done, on fp32 tensors. It returns a new tensor. */
    @FunctionalInterface
    interface Formula {

        /** The edited activations {@code [N, D]}, of activations {@code [N, D]} and a vector {@code [D]}. */
        Tensor apply(Tensor activations, Tensor vector);
    }

    private final String what;
    private final long dModel;
    private final DeviceVector vector;
    private final Formula formula;

    private Fp32Edit(Direction direction, float[] vector, Formula formula) {
        this.what = "Residual stream at " + direction.site() + ", where an intervention's direction is,";
        this.dModel = direction.dModel();
        this.vector = new DeviceVector(vector);
        this.formula = formula;
    }

    /** An edit by the unit vector of a direction. */
    static Edit withUnit(Direction direction, Formula formula) {
        return new Fp32Edit(direction, direction.unit().vector(), formula);
    }

    /** An edit at a direction's site by another vector {@code [D]}. */
    static Edit withVector(Direction direction, float[] vector, Formula formula) {
        return new Fp32Edit(direction, vector, formula);
    }

    @Override
    public Tensor apply(Tensor activations) {
        Shapes.require(activations, what, Shapes.ANY, dModel);
        try (TensorScope scope = TensorScope.open()) {
            Tensor edited = formula.apply(activations.to(DType.F32), vector.on(activations.device()));
            return scope.promote(edited.to(activations.dtype()));
        }
    }
}
