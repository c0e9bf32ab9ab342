package dev.plumbline.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Loads libtorch once, and speaks its names for types and devices. */
final class Libtorch {

    private record Kind(DType dtype, Device device) {}

    private static final Map<Kind, TensorOptions> OPTIONS = new ConcurrentHashMap<>();

    static {
        // JavaCPP's own limits count resident pages, mapped weights among them, against the Java heap's size and answer
        // with forced garbage collections. Here scopes free native memory, so the limits would only do harm.
        defaultProperty("org.bytedeco.javacpp.maxBytes", "0");
        defaultProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        Loader.load(torch.class);
        Loader.load(org.bytedeco.openblas.global.openblas_nolapack.class);
        if (torch.hasMKLDNN()) { // or else large fp32 products are OpenBLAS's as well; see Threads
            openblas_nolapack.blas_set_num_threads(1);
        }
    }

    private Libtorch() {}

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** Makes sure that the static initialiser has run: nothing of JavaCPP may be touched before it. */
    static void load() {}

    static boolean isAvailable(Device device) {
        return switch (device.kind()) {
            case CPU -> true;
            case CUDA -> torch.cuda_is_available() && device.index() < torch.cuda_device_count();
            case MPS -> torch.hasMPS();
        };
    }

    static org.bytedeco.pytorch.Device device(Device device) {
        DeviceType type =
                switch (device.kind()) {
                    case CPU -> DeviceType.CPU;
                    case CUDA -> DeviceType.CUDA;
                    case MPS -> DeviceType.MPS;
                };
        return device.kind() == Device.Kind.CUDA
                ? new org.bytedeco.pytorch.Device(type, (byte) device.index())
                : new org.bytedeco.pytorch.Device(type);
    }

    static Device device(org.bytedeco.pytorch.Device device) {
        if (device.is_cuda()) {
            return new Device(Device.Kind.CUDA, Math.max(0, device.index()));
        }
        return device.is_mps() ? new Device(Device.Kind.MPS, 0) : Device.CPU;
    }

    static TensorOptions options(DType dtype, Device device) {
        return OPTIONS.computeIfAbsent(new Kind(dtype, device), kind -> new TensorOptions()
                .dtype(new ScalarTypeOptional(scalarType(kind.dtype())))
                .device(new DeviceOptional(device(kind.device())))
                .retainReference());
    }

    static ScalarType scalarType(DType dtype) {
        return switch (dtype) {
            case F64 -> ScalarType.Double;
            case F32 -> ScalarType.Float;
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case I64 -> ScalarType.Long;
            case I32 -> ScalarType.Int;
            case I16 -> ScalarType.Short;
            case I8 -> ScalarType.Char;
            case U8 -> ScalarType.Byte;
            case BOOL -> ScalarType.Bool;
        };
    }

    static DType dtype(ScalarType type) {
        for (DType dtype : DType.values()) {
            if (scalarType(dtype).value == type.value) {
                return dtype;
            }
        }
        throw new IllegalArgumentException("libtorch type " + type + " is not supported");
    }
}
