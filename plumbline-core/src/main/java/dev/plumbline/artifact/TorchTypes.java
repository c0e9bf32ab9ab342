package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import java.util.Arrays;
import java.util.Optional;

/** What torch calls an element type: the storage class that a pickle names, and the dtype itself. */
final class TorchTypes {

    private TorchTypes() {}

    /** The class in module {@code torch} that names a storage of this type. */
    static String storageName(DType dtype) {
        return switch (dtype) {
            case F64 -> "DoubleStorage";
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            case I64 -> "LongStorage";
            case I32 -> "IntStorage";
            case I16 -> "ShortStorage";
            case I8 -> "CharStorage";
            case U8 -> "ByteStorage";
            case BOOL -> "BoolStorage";
        };
    }

    private static String dtypeName(DType dtype) {
        return switch (dtype) {
            case F64 -> "float64";
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            case I64 -> "int64";
            case I32 -> "int32";
            case I16 -> "int16";
            case I8 -> "int8";
            case U8 -> "uint8";
            case BOOL -> "bool";
        };
    }

    static Optional<DType> ofStorage(String name) {
        return Arrays.stream(DType.values())
                .filter(dtype -> storageName(dtype).equals(name))
                .findFirst();
    }

    /** The element type that {@code torch.<name>} is. */
    static Optional<DType> ofDtype(String name) {
        return Arrays.stream(DType.values())
                .filter(dtype -> dtypeName(dtype).equals(name))
                .findFirst();
    }
}
