package dev.plumbline.tensor;

/**
 * Where a tensor lives and is computed with.
 *
 * @param kind what sort of device
 * @param index which of several, from 0
 */
public record Device(Kind kind, int index) {

    /** Sorts of device that libtorch can compute on. */
    public enum Kind {
        CPU,
        CUDA,
        MPS
    }

    public static final Device CPU = new Device(Kind.CPU, 0);

    public Device {
        if (index < 0 || index > Byte.MAX_VALUE || (kind != Kind.CUDA && index != 0)) {
            throw new IllegalArgumentException("No device " + kind + " " + index);
        }
    }

    /** The first accelerator that this machine and this build of libtorch have, or else the CPU. */
    public static Device best() {
        for (Kind kind : new Kind[] {Kind.CUDA, Kind.MPS}) {
            Device device = new Device(kind, 0);
            if (device.isAvailable()) {
                return device;
            }
        }
        return CPU;
    }

    /** Whether this build of libtorch can compute on the device now. */
    public boolean isAvailable() {
        return Libtorch.isAvailable(this);
    }

    /** Whether products of a type are made of instructions for it here; if not, it is faster to widen the operands to fp32. */
    public boolean multiplies(DType dtype) {
        return kind != Kind.CPU || dtype.bytes() > 2 || OneDnn.multiplies(dtype);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case CPU -> "cpu";
            case MPS -> "mps";
            case CUDA -> "cuda:" + index;
        };
    }
}
