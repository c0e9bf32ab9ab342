package dev.plumbline.text.template;

/** Something to be called: a macro, a bound method or a global. */
non-sealed interface Function extends Value {
    Value call(Args args, Evaluator evaluator);

    /** A function made of code. */
    static Function of(Body body) {
        return new Function() {
            @Override
            public Value call(Args args, Evaluator evaluator) {
                return body.call(args, evaluator);
            }
        };
    }

    /** What a function does. */
    interface Body {
        Value call(Args args, Evaluator evaluator);
    }

    @Override
    default String typeName() {
        return "function";
    }
}
