package dev.plumbline.generate;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.text.Thinking;

/**
 * How a model is loaded.
 *
 * @param precision element type of weights and activations
 * @param placement where to compute
 * @param threads threads for one operation on the CPU; 0 leaves libtorch's choice. It holds for the whole process
 * @param lanes batches that are computed side by side, each by so many threads; a small model is faster in several
 * @param layout of projections' weights, for many sequences at once or for one
 * @param limits bounds on batches
 * @param thinking whether a reasoning model thinks before it answers
 */
public record LoadOptions(
        Precision precision,
        Placement placement,
        int threads,
        int lanes,
        LinearWeight.Layout layout,
        BatchLimits limits,
        Thinking thinking) {

    /** Element type of weights and activations. */
    public enum Precision {
        /** As stored, except that fp16 becomes fp32 on the CPU, which is slow and inexact in fp16. */
        AUTO,
        F32,
        BF16
    }

    /** Where to compute. */
    public enum Placement {
        /** The first accelerator there is, or else the CPU. */
        AUTO,
        CPU,
        CUDA,
        MPS
    }

    public static final LoadOptions DEFAULT = new LoadOptions(
            Precision.AUTO, Placement.AUTO, 0, 1, LinearWeight.Layout.TILES, BatchLimits.DEFAULT, Thinking.OFF);

    public LoadOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("Expected 0 threads or more; found " + threads);
        }
        if (lanes < 1) {
            throw new IllegalArgumentException("Expected at least 1 lane; found " + lanes);
        }
    }

    public LoadOptions withPrecision(Precision value) {
        return new LoadOptions(value, placement, threads, lanes, layout, limits, thinking);
    }

    public LoadOptions withPlacement(Placement value) {
        return new LoadOptions(precision, value, threads, lanes, layout, limits, thinking);
    }

    public LoadOptions withThreads(int value) {
        return new LoadOptions(precision, placement, value, lanes, layout, limits, thinking);
    }

    public LoadOptions withLanes(int value) {
        return new LoadOptions(precision, placement, threads, value, layout, limits, thinking);
    }

    public LoadOptions withLayout(LinearWeight.Layout value) {
        return new LoadOptions(precision, placement, threads, lanes, value, limits, thinking);
    }

    public LoadOptions withLimits(BatchLimits value) {
        return new LoadOptions(precision, placement, threads, lanes, layout, value, thinking);
    }

    public LoadOptions withThinking(Thinking value) {
        return new LoadOptions(precision, placement, threads, lanes, layout, limits, value);
    }

    Device device() {
        Device device =
                switch (placement) {
                    case AUTO -> Device.best();
                    case CPU -> Device.CPU;
                    case CUDA -> new Device(Device.Kind.CUDA, 0);
                    case MPS -> new Device(Device.Kind.MPS, 0);
                };
        if (!device.isAvailable()) {
            throw new IllegalArgumentException("Device " + device + " is not available to this build of libtorch");
        }
        return device;
    }

    DType dtype(DType stored, Device device) {
        return switch (precision) {
            case AUTO -> stored == DType.F16 && device.kind() == Device.Kind.CPU ? DType.F32 : stored;
            case F32 -> DType.F32;
            case BF16 -> DType.BF16;
        };
    }
}
