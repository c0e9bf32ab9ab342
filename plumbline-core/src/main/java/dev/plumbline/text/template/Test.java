package dev.plumbline.text.template;

/** A test: {@code value is name(args)}. */
interface Test {
    boolean passes(Value value, Args args, Evaluator evaluator);
}
