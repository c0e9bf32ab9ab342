package dev.plumbline.text.template;

import java.util.List;

/** What can be assigned to. */
sealed interface Target {
    record Name(String name) implements Target {}

    /** {@code a, b}. */
    record Unpacked(List<Target> targets) implements Target {}

    /** {@code namespace.name}. */
    record Attribute(String namespace, String name) implements Target {}
}
