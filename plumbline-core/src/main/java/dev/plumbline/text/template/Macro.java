package dev.plumbline.text.template;

import dev.plumbline.text.template.Stmt.Signature;
import dev.plumbline.text.template.Stmt.Signature.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A macro, or the block of a call block, with the scope it was written in.
 */
final class Macro implements Function {
    private static final String VARARGS = "varargs";
    private static final String KWARGS = "kwargs";
    private static final String CALLER = "caller";

    private final Signature signature;
    private final Scope scope;

    Macro(Signature signature, Scope scope) {
        this.signature = signature;
        this.scope = scope;
    }

    @Override
    public Value call(Args args, Evaluator evaluator) {
        Scope inner = scope.inner();
        Map<String, Value> named = new LinkedHashMap<>(args.named());
        List<Parameter> unset = new ArrayList<>();
        int position = 0;
        for (Parameter parameter : signature.parameters()) {
            Value value = position < args.positional().size()
                    ? args.positional().get(position)
                    : named.remove(parameter.name());
            position++;
            inner.set(parameter.name(), value != null ? value : missing(parameter.name()));
            if (value == null) {
                unset.add(parameter);
            }
        }
        takeExtras(args, named, inner);
        return evaluator.run(signature.body(), inner, () -> defaults(unset, inner, evaluator));
    }

    private static Undefined missing(String parameter) {
        return new Undefined("The parameter '" + parameter + "' was not provided");
    }

    private static void defaults(List<Parameter> unset, Scope inner, Evaluator evaluator) {
        for (Parameter parameter : unset) {
            if (parameter.otherwise() != null) {
                inner.set(parameter.name(), evaluator.evaluate(parameter.otherwise()));
            }
        }
    }

    /** Arguments without parameter go to {@code varargs}, {@code kwargs} and {@code caller}, if the body asks for them. */
    private void takeExtras(Args args, Map<String, Value> named, Scope inner) {
        boolean callerIsParameter = signature.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(CALLER));
        if (uses(CALLER) && !callerIsParameter) {
            Value caller = named.remove(CALLER);
            inner.set(CALLER, caller != null ? caller : new Undefined("No caller defined"));
        }
        if (uses(KWARGS)) {
            Map<Value, Value> rest = new LinkedHashMap<>();
            named.forEach((name, value) -> rest.put(TracedText.plain(name), value));
            inner.set(KWARGS, Dict.of(rest));
        } else if (!named.isEmpty()) {
            throw new Failure("The macro '" + signature.name() + "' takes no argument '"
                    + named.keySet().iterator().next() + "'");
        }
        int expected = signature.parameters().size();
        int found = args.positional().size();
        if (uses(VARARGS)) {
            inner.set(
                    VARARGS,
                    Sequence.tuple(found > expected ? args.skip(expected).positional() : List.of()));
        } else if (found > expected) {
            throw new Failure(
                    "The macro '" + signature.name() + "' takes at most " + expected + " arguments; found " + found);
        }
    }

    private boolean uses(String special) {
        return signature.uses().contains(special);
    }

    @Override
    public String typeName() {
        return "Macro";
    }
}
