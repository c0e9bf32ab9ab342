package dev.plumbline.artifact;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what the interpreter built into values. A pickle can build lists that hold themselves, and trees whose every
 * level names the one below twice; the first are refused, and what is shared is visited once.
 */
final class PickleFreezer {

    private static final int MAX_DEPTH = 100;

    private final IdentityHashMap<Object, PtValue> done = new IdentityHashMap<>();

    private PickleFreezer() {}

    static PtValue freeze(Object built) {
        return new PickleFreezer().freeze(built, 0);
    }

    private PtValue freeze(Object built, int depth) {
        if (built instanceof PtValue value) {
            return value;
        } else if (built instanceof String text) {
            return new PtValue.Text(text);
        } else if (built instanceof Long number) {
            return new PtValue.Int(number);
        } else if (built instanceof Double number) {
            return new PtValue.Real(number);
        } else if (built instanceof Boolean flag) {
            return new PtValue.Bool(flag);
        } else if (built instanceof PickleGlobal.Dtype dtype) {
            return new PtValue.Text(dtype.name());
        } else if (!(built instanceof List || built instanceof Map)) {
            throw new PickleException("found a " + built.getClass().getSimpleName() + " where a value belongs");
        }
        PtValue known = done.get(built);
        if (known != null) {
            return known;
        }
        if (depth == MAX_DEPTH) {
            throw new PickleException("collections are nested more than " + MAX_DEPTH + " deep, or hold themselves");
        }
        PtValue frozen = built instanceof List<?> list ? freezeList(list, depth) : freezeDict((Map<?, ?>) built, depth);
        done.put(built, frozen);
        return frozen;
    }

    private PtValue freezeList(List<?> list, int depth) {
        List<PtValue> items = new ArrayList<>(list.size());
        for (Object item : list) {
            items.add(freeze(item, depth + 1));
        }
        return new PtValue.Sequence(items);
    }

    private PtValue freezeDict(Map<?, ?> dict, int depth) {
        Map<PtValue.Key, PtValue> entries = new LinkedHashMap<>();
        dict.forEach((key, value) -> entries.put(
                key instanceof String text ? new PtValue.Text(text) : new PtValue.Int((Long) key),
                freeze(value, depth + 1)));
        return new PtValue.Dict(entries);
    }
}
