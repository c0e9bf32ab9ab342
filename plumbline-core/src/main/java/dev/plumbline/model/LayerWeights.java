package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.model.WeightNames.Part;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the weights of one layer under the names that its checkpoint has for them. */
record LayerWeights(int layer, WeightNames names, Weights weights) {

    boolean has(Part part) {
        return names.has(part);
    }

    String name(Part part) {
        return names.of(layer, part);
    }

    Tensor take(Part part, long... shape) {
        return weights.take(name(part), shape);
    }

    /** A tensor made from weights, which lives as long as they do. */
    Tensor owned(Supplier<Tensor> made) {
        try (TensorScope scope = TensorScope.open()) {
            return weights.own(made.get());
        }
    }

    Linear linear(Part part, Part bias, boolean biased, int out, int in) {
        String name = name(part);
        return new Linear(
                names.transposed()
                        ? weights.takeLinear(name, new long[] {in, out}, out, in, stored -> stored.transpose(0, 1))
                        : weights.takeLinear(List.of(name), List.of((long) out), in),
                biased ? Optional.of(take(bias, out)) : Optional.empty());
    }

    Linear linear(Part part, int out, int in) {
        return new Linear(weights.takeLinear(List.of(name(part)), List.of((long) out), in), Optional.empty());
    }

    /** Several projections of the same input as one. */
    Linear joined(List<Part> parts, List<Part> biases, boolean biased, List<Long> rows, long columns) {
        return new Linear(
                weights.takeLinear(names(parts), rows, columns),
                biased ? Optional.of(weights.takeJoined(names(biases), rows)) : Optional.empty());
    }

    private List<String> names(List<Part> parts) {
        return parts.stream().map(this::name).toList();
    }
}
