package dev.plumbline.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A vector that is copied to a device when it is first needed there. The copies last as long as this object: libtorch's memory
 * goes back when the garbage collector finds that nobody can reach the tensor. That is how a plan needs no closing.
 */
public final class DeviceVector {

    private record Place(Device device, DType dtype) {}

    private final float[] values;
    private final Map<Place, Tensor> copies = new ConcurrentHashMap<>();

    public DeviceVector(float... values) {
        this.values = values.clone();
    }

    /** The vector {@code [D]} in fp32. */
    public Tensor on(Device device) {
        return on(device, DType.F32);
    }

    /** The vector {@code [D]}, rounded to a type. */
    public Tensor on(Device device, DType dtype) {
        return copies.computeIfAbsent(
                new Place(device, dtype),
                place -> Tensor.of(values, values.length).to(device).to(dtype).keep());
    }
}
