package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes plain data and tensors as a pickle of protocol 2, with only what {@code torch.load(weights_only=True)} allows. */
final class PickleEmitter {

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final Map<String, Integer> memo = new HashMap<>();
    private final List<PtTensor> storages = new ArrayList<>();

    private PickleEmitter() {}

    /**
     * @param storages the tensors whose elements the pickle refers to, as storage "0", "1" and so on
     */
    record Pickle(byte[] code, List<PtTensor> storages) {}

    static Pickle emit(PtValue root) {
        PickleEmitter emitter = new PickleEmitter();
        emitter.opcode(0x80).opcode(2).value(root).opcode('.');
        return new Pickle(emitter.code.toByteArray(), List.copyOf(emitter.storages));
    }

    private PickleEmitter value(PtValue value) {
        if (value instanceof PtTensor tensor) {
            return tensor(tensor);
        } else if (value instanceof PtValue.Dict dict) {
            opcode('}').opcode('(');
            dict.entries().forEach((key, item) -> value(key).value(item));
            return opcode('u');
        } else if (value instanceof PtValue.Sequence sequence) {
            opcode(']').opcode('(');
            sequence.items().forEach(this::value);
            return opcode('e');
        } else if (value instanceof PtValue.Text text) {
            return text(text.value());
        } else if (value instanceof PtValue.Int number) {
            return whole(number.value());
        } else if (value instanceof PtValue.Real number) {
            return opcode('G')
                    .littleEndian(Long.reverseBytes(Double.doubleToRawLongBits(number.value())), Double.BYTES);
        } else if (value instanceof PtValue.Bool flag) {
            return flag(flag.value());
        }
        return opcode('N');
    }

    /** {@code _rebuild_tensor_v2(storage, offset, shape, stride, requires_grad, backward_hooks)}. */
    private PickleEmitter tensor(PtTensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2").opcode('(');
        storage(tensor).whole(0);
        longs(tensor.shape()).longs(rowMajorStride(tensor.shape()));
        flag(false);
        global("collections", "OrderedDict").opcode(')').opcode('R');
        return opcode('t').opcode('R');
    }

    private PickleEmitter storage(PtTensor tensor) {
        DType dtype = tensor.dtype();
        long elements = TensorData.numel(tensor.shape());
        opcode('(').remembered("storage").global("torch", TorchTypes.storageName(dtype));
        text(Integer.toString(storages.size())).remembered("cpu").whole(elements);
        storages.add(tensor);
        return opcode('t').opcode('Q');
    }

    private static long[] rowMajorStride(long[] shape) {
        long[] stride = new long[shape.length];
        long step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            stride[i] = step;
            step *= Math.max(1, shape[i]);
        }
        return stride;
    }

    private PickleEmitter longs(long[] values) {
        opcode('(');
        for (long value : values) {
            whole(value);
        }
        return opcode('t');
    }

    private PickleEmitter flag(boolean value) {
        return opcode(value ? 0x88 : 0x89);
    }

    private PickleEmitter whole(long value) {
        if (value >= 0 && value <= 0xff) {
            return opcode('K').opcode((int) value);
        } else if (value == (int) value) {
            return opcode('J').littleEndian(value, Integer.BYTES);
        }
        return opcode(0x8a).opcode(Long.BYTES).littleEndian(value, Long.BYTES);
    }

    private PickleEmitter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        opcode('X').littleEndian(utf8.length, Integer.BYTES);
        code.writeBytes(utf8);
        return this;
    }

    private PickleEmitter global(String module, String name) {
        String lines = module + "\n" + name + "\n";
        return remember(lines, () -> {
            opcode('c');
            code.writeBytes(lines.getBytes(StandardCharsets.US_ASCII));
        });
    }

    private PickleEmitter remembered(String text) {
        return remember(text, () -> text(text));
    }

    /** Emits something once and recalls it ever after; there are far fewer than 256 such things. */
    private PickleEmitter remember(String what, Runnable emit) {
        Integer known = memo.get(what);
        if (known != null) {
            return opcode('h').opcode(known);
        }
        emit.run();
        memo.put(what, memo.size());
        return opcode('q').opcode(memo.size() - 1);
    }

    private PickleEmitter opcode(int opcode) {
        code.write(opcode);
        return this;
    }

    private PickleEmitter littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            code.write((int) (value >>> (8 * i)));
        }
        return this;
    }
}
