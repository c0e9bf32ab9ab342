package dev.plumbline.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of Python's pickle (protocols 2 to 5) that plain data and tensors need, as data: a pickle is a program
 * for a stack machine, and this one has no instruction that runs code. What it may import is listed in
 * {@link PickleGlobal}; whatever else it asks for ends the reading. Memory stays in proportion to the pickle's own size.
 */
final class PickleInterpreter {

    private static final Object NONE = new PtValue.None();

    private final ByteBuffer code;
    private final PickleCalls calls;
    private final Deque<List<Object>> outerStacks = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private List<Object> stack = new ArrayList<>();

    private PickleInterpreter(ByteBuffer code, PickleStorages storages) {
        this.code = code.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.calls = new PickleCalls(storages);
    }

    /**
     * What a pickle holds.
     *
     * @throws PickleException for anything that is not plain data, with the position of the instruction that asked for it
     */
    static PtValue read(ByteBuffer pickle, PickleStorages storages) {
        PickleInterpreter interpreter = new PickleInterpreter(pickle, storages);
        int position = 0;
        try {
            while (true) {
                position = interpreter.code.position();
                int opcode = interpreter.unsignedByte();
                if (opcode == '.') {
                    return PickleFreezer.freeze(interpreter.pop());
                }
                interpreter.execute(opcode);
            }
        } catch (PickleException e) {
            throw new PickleException("at byte " + position + ": " + e.getMessage());
        }
    }

    private void execute(int opcode) {
        switch (opcode) {
            case 0x80 -> requireProtocol(unsignedByte());
            case 0x95 -> take(Long.BYTES); // a frame: how much to read ahead, of no use here

            case 'N' -> push(NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) unsignedByte());
            case 'M' -> push((long) Short.toUnsignedInt(take(Short.BYTES).getShort()));
            case 'J' -> push((long) take(Integer.BYTES).getInt());
            case 0x8a -> push(wholeNumber(unsignedByte()));
            case 'G' -> push(take(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble());
            case 0x8c -> push(utf8(unsignedByte()));
            case 'X' -> push(utf8(unsignedInt()));
            case 0x8d -> push(utf8(take(Long.BYTES).getLong()));
            case 'C' -> push(bytes(unsignedByte()));
            case 'B' -> push(bytes(unsignedInt()));
            case 0x8e -> push(bytes(take(Long.BYTES).getLong()));

            case '(' -> {
                outerStacks.push(stack);
                stack = new ArrayList<>();
            }
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());

            case ')' -> push(List.of());
            case 0x85 -> push(List.of(pop()));
            case 0x86 -> pushTuple(2);
            case 0x87 -> pushTuple(3);
            case 't' -> push(List.copyOf(popToMark()));
            case ']' -> push(new ArrayList<>());
            case 'l' -> push(popToMark());
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(popToMark());
            case '}' -> push(new LinkedHashMap<>());
            case 'd' -> {
                List<Object> items = popToMark();
                push(new LinkedHashMap<>());
                putAll(items);
            }
            case 's' -> {
                Object value = pop();
                putAll(List.of(pop(), value));
            }
            case 'u' -> putAll(popToMark());

            case 'q' -> memo.put((long) unsignedByte(), top());
            case 'r' -> memo.put(unsignedInt(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(recall(unsignedByte()));
            case 'j' -> push(recall(unsignedInt()));

            case 'c' -> push(PickleGlobal.named(line(), line()));
            case 0x93 -> {
                String name = pop(String.class);
                push(PickleGlobal.named(pop(String.class), name));
            }
            case 'R' -> {
                List<?> arguments = pop(List.class);
                push(calls.call(pop(PickleGlobal.Function.class), arguments));
            }
            case 'b' -> build(pop());
            case 'Q' -> push(calls.storage(pop()));

            default ->
                throw new PickleException("instruction 0x%02x, which plain data does not need".formatted(opcode));
        }
    }

    private static void requireProtocol(int protocol) {
        if (protocol < 2 || protocol > 5) {
            throw new PickleException("pickle protocol " + protocol + "; 2 to 5 are read");
        }
    }

    /** Sets the state of a fresh object. Of the few there can be, only a numpy dtype's state (its byte order) matters. */
    private void build(Object state) {
        Object target = top();
        if (target instanceof PickleCalls.NumpyDtype) {
            if (!(state instanceof List<?> fields)
                    || fields.size() < 2
                    || fields.get(1).equals(">")) {
                throw new PickleException("a numpy dtype that is not little-endian");
            }
        } else if (!(target instanceof Map)) {
            throw new PickleException("state for a " + target.getClass().getSimpleName() + ", which has none");
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw new PickleException("the stack is empty");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private <T> T pop(Class<T> type) {
        Object value = pop();
        if (!type.isInstance(value)) {
            throw new PickleException(
                    "found a " + value.getClass().getSimpleName() + " where a " + type.getSimpleName() + " belongs");
        }
        return type.cast(value);
    }

    private List<Object> popToMark() {
        if (outerStacks.isEmpty()) {
            throw new PickleException("there is no mark on the stack");
        }
        List<Object> items = stack;
        stack = outerStacks.pop();
        return items;
    }

    private void pushTuple(int size) {
        Object[] items = new Object[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = pop();
        }
        push(List.of(items));
    }

    private void append(List<Object> items) {
        if (!(top() instanceof ArrayList<?>)) {
            throw new PickleException("items for a " + top().getClass().getSimpleName() + ", which is not a list");
        }
        @SuppressWarnings("unchecked") // every ArrayList on the stack was made here
        List<Object> list = (List<Object>) top();
        list.addAll(items);
    }

    private void putAll(List<Object> keysAndValues) {
        if (!(top() instanceof LinkedHashMap<?, ?>) || keysAndValues.size() % 2 != 0) {
            throw new PickleException(keysAndValues.size() + " keys and values for a "
                    + top().getClass().getSimpleName());
        }
        @SuppressWarnings("unchecked") // every LinkedHashMap on the stack was made here
        Map<Object, Object> dict = (Map<Object, Object>) top();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            if (!(key instanceof String || key instanceof Long)) {
                throw new PickleException("a dict key that is a "
                        + key.getClass().getSimpleName() + "; strings and whole numbers are read");
            }
            dict.put(key, keysAndValues.get(i + 1));
        }
    }

    private Object recall(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw new PickleException("recalls item " + index + ", which was never remembered");
        }
        return value;
    }

    private ByteBuffer take(long length) {
        if (length < 0 || length > code.remaining()) {
            throw new PickleException(
                    Long.toUnsignedString(length) + " bytes are announced and " + code.remaining() + " are left");
        }
        ByteBuffer taken = code.slice(code.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        code.position(code.position() + (int) length);
        return taken;
    }

    private int unsignedByte() {
        return Byte.toUnsignedInt(take(1).get());
    }

    private long unsignedInt() {
        return Integer.toUnsignedLong(take(Integer.BYTES).getInt());
    }

    private long wholeNumber(int length) {
        if (length > Long.BYTES) {
            throw new PickleException("a whole number of " + length + " bytes; at most 8 are read");
        }
        ByteBuffer bytes = take(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= Byte.toUnsignedLong(bytes.get(i)) << (8 * i);
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    private byte[] bytes(long length) {
        ByteBuffer taken = take(length);
        byte[] bytes = new byte[taken.remaining()];
        taken.get(bytes);
        return bytes;
    }

    private String utf8(long length) {
        return decode(take(length), StandardCharsets.UTF_8);
    }

    /** A name up to a line feed, as {@code GLOBAL} has two of. */
    private String line() {
        int start = code.position();
        while (unsignedByte() != '\n') {
            // until the end of the line
        }
        return decode(code.slice(start, code.position() - 1 - start), StandardCharsets.UTF_8);
    }

    private static String decode(ByteBuffer bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new PickleException("a string that is not valid " + charset);
        }
    }
}
