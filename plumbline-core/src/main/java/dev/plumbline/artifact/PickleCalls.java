package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.LongStream;

/** What the few functions that a pickle may call return. Their arguments come from the file, so each is checked. */
final class PickleCalls {

    private static final int MAX_RANK = 64;

    /** A storage that the pickle pointed at, seen as elements of one type. */
    record TypedStorage(DType dtype, PickleStorages.Storage bytes) {}

    /** A numpy dtype under construction; its byte order arrives after it. */
    record NumpyDtype(String code) {}

    private final PickleStorages storages;

    PickleCalls(PickleStorages storages) {
        this.storages = storages;
    }

    Object call(PickleGlobal.Function function, List<?> arguments) {
        return switch (function) {
            case ORDERED_DICT -> {
                requireArguments(function, arguments, 0, 0);
                yield new LinkedHashMap<Object, Object>();
            }
            case REBUILD_TENSOR -> {
                requireArguments(function, arguments, 6, 7);
                TypedStorage storage = argument(arguments, 0, TypedStorage.class);
                yield tensor(storage.bytes(), storage.dtype(), arguments);
            }
            case REBUILD_TYPED_TENSOR -> {
                requireArguments(function, arguments, 7, 8);
                TypedStorage storage = argument(arguments, 0, TypedStorage.class);
                DType dtype = argument(arguments, 6, PickleGlobal.Dtype.class).dtype();
                yield tensor(storage.bytes(), dtype, arguments);
            }
            case REBUILD_PARAMETER -> {
                requireArguments(function, arguments, 3, 3);
                yield argument(arguments, 0, PtTensor.class);
            }
            case SIZE -> {
                requireArguments(function, arguments, 1, 1);
                yield argument(arguments, 0, List.class);
            }
            case DEVICE -> {
                requireArguments(function, arguments, 1, 2);
                yield argument(arguments, 0, String.class);
            }
            case NUMPY_DTYPE -> {
                requireArguments(function, arguments, 1, 3);
                yield new NumpyDtype(argument(arguments, 0, String.class));
            }
            case NUMPY_SCALAR -> {
                requireArguments(function, arguments, 2, 2);
                yield scalar(argument(arguments, 0, NumpyDtype.class), argument(arguments, 1, byte[].class));
            }
            case ENCODE -> {
                requireArguments(function, arguments, 2, 2);
                if (!argument(arguments, 1, String.class).equals("latin1")) {
                    throw new PickleException("bytes encoded other than by latin1");
                }
                yield argument(arguments, 0, String.class).getBytes(StandardCharsets.ISO_8859_1);
            }
        };
    }

    /** What a persistent id stands for: always {@code ('storage', class, key, device, number of elements)}. */
    TypedStorage storage(Object id) {
        if (!(id instanceof List<?> fields) || fields.size() != 5 || !"storage".equals(fields.get(0))) {
            throw new PickleException("a reference to something other than a storage beside the pickle");
        }
        DType dtype = argument(fields, 1, PickleGlobal.Storage.class).dtype();
        String key = argument(fields, 2, String.class);
        long elements = argument(fields, 4, Long.class);
        if (elements < 0 || elements > Long.MAX_VALUE / dtype.bytes()) {
            throw new PickleException("storage '" + key + "' of " + elements + " elements");
        }
        return new TypedStorage(dtype, storages.open(key, elements * dtype.bytes()));
    }

    private static PtTensor tensor(PickleStorages.Storage storage, DType dtype, List<?> arguments) {
        long offset = argument(arguments, 1, Long.class);
        long[] shape = longs(argument(arguments, 2, List.class));
        long[] stride = longs(argument(arguments, 3, List.class));
        StridedView view = new StridedView(dtype, offset, shape, stride);
        requireWithin(storage.bytes() / dtype.bytes(), view);
        return PtTensor.deferred(dtype, shape, () -> storage.read(view));
    }

    private static void requireWithin(long elements, StridedView view) {
        long[] shape = view.shape();
        String what = "a tensor of shape %s, stride %s, offset %d in a storage of %d elements"
                .formatted(Arrays.toString(shape), Arrays.toString(view.stride()), view.offset(), elements);
        if (shape.length != view.stride().length
                || shape.length > MAX_RANK
                || view.offset() < 0
                || LongStream.of(shape).anyMatch(size -> size < 0)
                || LongStream.of(view.stride()).anyMatch(step -> step < 0)) {
            throw new PickleException(what);
        }
        try {
            long numel = TensorData.numel(shape);
            if (numel > 0 && view.lastIndex() >= elements) {
                throw new PickleException(what + ": it reaches beyond the storage");
            }
            if (numel > elements) {
                throw new PickleException(what + ": it repeats elements, as expand() does; save a contiguous() copy");
            }
        } catch (ArithmeticException overflow) {
            throw new PickleException(what);
        }
    }

    private static Object scalar(NumpyDtype dtype, byte[] bytes) {
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (dtype.code() + ":" + bytes.length) {
            case "f8:8" -> little.getDouble();
            case "f4:4" -> (double) little.getFloat();
            case "i8:8" -> little.getLong();
            case "i4:4" -> (long) little.getInt();
            case "b1:1" -> little.get() != 0;
            default ->
                throw new PickleException(
                        "a numpy scalar of type '" + dtype.code() + "' in " + bytes.length + " bytes");
        };
    }

    private static void requireArguments(PickleGlobal.Function function, List<?> arguments, int atLeast, int atMost) {
        if (arguments.size() < atLeast || arguments.size() > atMost) {
            throw new PickleException(function + " called with " + arguments.size() + " arguments");
        }
    }

    private static long[] longs(List<?> items) {
        long[] longs = new long[items.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = argument(items, i, Long.class);
        }
        return longs;
    }

    private static <T> T argument(List<?> arguments, int index, Class<T> type) {
        Object value = arguments.get(index);
        if (!type.isInstance(value)) {
            throw new PickleException("argument " + index + " is a "
                    + value.getClass().getSimpleName() + "; expected a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
