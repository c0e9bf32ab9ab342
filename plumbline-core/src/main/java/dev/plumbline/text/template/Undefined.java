package dev.plumbline.text.template;

import java.util.Collections;
import java.util.Iterator;

/**
 * What a name, attribute or item that does not exist evaluates to: empty when printed or iterated over, an error in any
 * other use.
 *
 * @param message the error
 */
record Undefined(String message) implements Value {
    static Undefined variable(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined attribute(Value target, String name) {
        return new Undefined("A value of type " + target.typeName() + " has no attribute '" + name + "'");
    }

    Failure failure() {
        return new Failure(message);
    }

    @Override
    public Iterator<Value> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public long length() {
        return 0;
    }

    @Override
    public boolean truthy() {
        return false;
    }

    @Override
    public String typeName() {
        return "Undefined";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return Undefined.class.hashCode();
    }
}
