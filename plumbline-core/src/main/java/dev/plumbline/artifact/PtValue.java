package dev.plumbline.artifact;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@code .pt} file may hold: plain data and tensors, never an object with behaviour. */
public sealed interface PtValue permits PtTensor, PtValue.Dict, PtValue.Sequence, PtValue.Scalar {

    /** Anything that is neither a tensor nor a collection. */
    sealed interface Scalar extends PtValue {}

    /** What a dict may be keyed by. */
    sealed interface Key extends Scalar {}

    /** A Python dict or OrderedDict, in its insertion order. */
    record Dict(Map<Key, PtValue> entries) implements PtValue {
        public Dict {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** A dict with string keys, in the order of {@code entries}. */
        public static Dict of(Map<String, ? extends PtValue> entries) {
            Map<Key, PtValue> keyed = new LinkedHashMap<>();
            entries.forEach((key, value) -> keyed.put(new Text(key), value));
            return new Dict(keyed);
        }

        public Optional<PtValue> get(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }
    }

    /** A Python list or tuple; written as a list. */
    record Sequence(List<PtValue> items) implements PtValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A string; also the name of a torch dtype or device, such as {@code torch.bfloat16}. Comparable so that hostile hash collisions stay harmless. */
    record Text(String value) implements Key, Comparable<Text> {
        @Override
        public int compareTo(Text other) {
            return value.compareTo(other.value);
        }
    }

    /** A whole number. */
    record Int(long value) implements Key, Comparable<Int> {
        @Override
        public int compareTo(Int other) {
            return Long.compare(value, other.value);
        }
    }

    record Real(double value) implements Scalar {}

    record Bool(boolean value) implements Scalar {}

    /** Python's {@code None}. */
    record None() implements Scalar {}
}
