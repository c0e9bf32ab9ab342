package dev.plumbline.text.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments of a call, a filter or a test. */
record Args(List<Value> positional, Map<String, Value> named) {
    static final Args NONE = new Args(List.of(), Map.of());

    /** Without the first {@code count} positional arguments. */
    Args skip(int count) {
        return new Args(positional.subList(count, positional.size()), named);
    }

    /** Puts the arguments in the order of a function's parameters, of which the first {@code required} must be there. */
    Bound bind(String function, int required, String... parameters) {
        if (positional.size() > parameters.length) {
            throw new Failure(
                    function + " takes at most " + parameters.length + " arguments; found " + positional.size());
        }
        @Nullable Value[] values = new @Nullable Value[parameters.length];
        for (int i = 0; i < positional.size(); i++) {
            values[i] = positional.get(i);
        }
        named.forEach((name, value) -> {
            int index = Arrays.asList(parameters).indexOf(name);
            if (index < 0) {
                throw new Failure(function + " has no argument '" + name + "'");
            }
            if (values[index] != null) {
                throw new Failure(function + " was given its argument '" + name + "' twice");
            }
            values[index] = value;
        });
        for (int i = 0; i < required; i++) {
            if (values[i] == null) {
                throw new Failure(function + " needs its argument '" + parameters[i] + "'");
            }
        }
        return new Bound(function, parameters, values);
    }

    /** Arguments by position of their parameter. */
    static final class Bound {
        private final String function;
        private final String[] parameters;
        private final @Nullable Value[] values;

        private Bound(String function, String[] parameters, @Nullable Value[] values) {
            this.function = function;
            this.parameters = parameters;
            this.values = values;
        }

        boolean has(int index) {
            return values[index] != null;
        }

        /** A required argument. */
        Value get(int index) {
            return or(index, None.NONE);
        }

        Value or(int index, Value otherwise) {
            Value value = values[index];
            return value == null ? otherwise : value;
        }

        TracedText text(int index) {
            if (get(index) instanceof TracedText text) {
                return text;
            }
            throw wrongType(index, "str");
        }

        TracedText text(int index, String otherwise) {
            return has(index) ? text(index) : TracedText.plain(otherwise);
        }

        long integer(int index, long otherwise) {
            if (!has(index)) {
                return otherwise;
            }
            if (get(index) instanceof Numeric number && !(number instanceof Numeric.Real)) {
                return Numeric.integer(number);
            }
            throw wrongType(index, "int");
        }

        boolean flag(int index, boolean otherwise) {
            return has(index) ? get(index).truthy() : otherwise;
        }

        Failure wrongType(int index, String expected) {
            Value value = get(index);
            if (value instanceof Undefined undefined) {
                return undefined.failure();
            }
            return new Failure("The argument '" + parameters[index] + "' of " + function + " must be of type "
                    + expected + "; found " + value.typeName());
        }
    }
}
