package dev.plumbline.text.template;

import java.util.Iterator;

/**
 * A Python value as a template sees it. {@code equals} and {@code hashCode} are Python's {@code ==} and {@code hash}.
 * Everything but {@link Namespace}, {@link Loop} and {@link Generator} is immutable, as in Jinja's immutable sandbox.
 */
sealed interface Value
        permits None, Numeric, TracedText, Sequence, Dict, DictView, Range, Generator, Namespace, Function, Undefined {

    /** Python's name of the type, for messages. */
    String typeName();

    default boolean truthy() {
        return true;
    }

    default Iterator<Value> iterator() {
        throw new Failure("A value of type " + typeName() + " cannot be iterated over");
    }

    default long length() {
        throw new Failure("A value of type " + typeName() + " has no length");
    }

    /** How deep and how large the value is, with everything inside it. */
    default Extent extent() {
        return Extent.ATOM;
    }
}
