package dev.plumbline.steer;

import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An fp32 vector, copied to a device when it is first needed there. The copies last as long as this object: libtorch's
 * memory goes back when the garbage collector finds that nobody can reach the tensor. That is how a plan needs no closing.
 */
final class DeviceVector {

    private final float[] values;
    private final Map<Device, Tensor> copies = new ConcurrentHashMap<>();

    DeviceVector(float[] values) {
        this.values = values.clone();
    }

    /** The vector {@code [D]}. */
    Tensor on(Device device) {
        return copies.computeIfAbsent(
                device, d -> Tensor.of(values, values.length).to(d).keep());
    }
}
