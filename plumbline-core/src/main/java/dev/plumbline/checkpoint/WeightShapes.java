package dev.plumbline.checkpoint;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Weights that are all zero, of whatever name and shape is asked for: what is asked is what a model needs. A weight takes the
 * memory of one number.
 */
public final class WeightShapes implements Weights {

    private final DType dtype;
    private final Map<String, long[]> asked = new LinkedHashMap<>();
    private final List<Tensor> owned = new ArrayList<>();

    public WeightShapes(DType dtype) {
        this.dtype = dtype;
    }

    /** Shape by name of everything that was asked for, in order. */
    public Map<String, long[]> asked() {
        return Collections.unmodifiableMap(asked);
    }

    @Override
    public Tensor take(String name, long... shape) {
        asked.put(name, shape.clone());
        return zeros(shape);
    }

    @Override
    public Tensor takeInF32(String name, long... shape) {
        return take(name, shape);
    }

    @Override
    public Tensor takeJoined(List<String> names, List<Long> sizes) {
        for (int i = 0; i < names.size(); i++) {
            asked.put(names.get(i), new long[] {sizes.get(i)});
        }
        return zeros(total(sizes));
    }

    @Override
    public LinearWeight takeLinear(List<String> names, List<Long> rows, long columns) {
        for (int i = 0; i < names.size(); i++) {
            asked.put(names.get(i), new long[] {rows.get(i), columns});
        }
        return LinearWeight.asItIs(zeros(total(rows), columns));
    }

    @Override
    public LinearWeight takeLinearOf(String name, Stacking stacking, int count, int index, long rows, long columns) {
        asked.put(name, stacking.shape(count, rows, columns));
        return LinearWeight.asItIs(zeros(rows, columns));
    }

    @Override
    public LinearWeight takeLinear(String name, long[] stored, long rows, long columns, UnaryOperator<Tensor> ordered) {
        asked.put(name, stored.clone());
        return LinearWeight.asItIs(zeros(rows, columns));
    }

    @Override
    public Supplier<LinearWeight> takeLinearLater(String name, long rows, long columns) {
        LinearWeight weight = takeLinear(List.of(name), List.of(rows), columns);
        return () -> weight;
    }

    private static long total(List<Long> rows) {
        return rows.stream().mapToLong(n -> n).sum();
    }

    private Tensor zeros(long... shape) {
        try (TensorScope scope = TensorScope.open()) {
            return own(Tensor.zeros(dtype, Device.CPU, 1).expand(shape));
        }
    }

    @Override
    public Tensor own(Tensor made) {
        owned.add(made.keep());
        return made;
    }

    @Override
    public Set<String> unused() {
        return Set.of();
    }

    @Override
    public DType dtype() {
        return dtype;
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    @Override
    public void seal() {}

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        owned.clear();
    }
}
