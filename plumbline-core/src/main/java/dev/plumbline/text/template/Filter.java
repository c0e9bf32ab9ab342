package dev.plumbline.text.template;

/** A filter: {@code input|name(args)}. */
interface Filter {
    Value apply(Value input, Args args, Evaluator evaluator);
}
