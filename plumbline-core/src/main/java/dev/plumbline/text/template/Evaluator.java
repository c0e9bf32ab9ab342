package dev.plumbline.text.template;

import dev.plumbline.text.template.Expr.Arguments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks a template's tree and writes its output: one instance per rendering. */
final class Evaluator implements Expr.Visitor<Value>, Stmt.Visitor<Evaluator.Flow> {
    /** How a statement ended. */
    enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Budget budget;
    private Scope scope;
    private TextBuilder out;

    Evaluator(Scope globals, Budget budget) {
        this.scope = globals;
        this.budget = budget;
        this.out = budget.builder();
    }

    Budget budget() {
        return budget;
    }

    TracedText str(Value value) {
        return Printer.str(value, budget);
    }

    /** Runs statements in a scope of their own and gives what they wrote. */
    TracedText run(List<Stmt> body, Scope inner, Runnable before) {
        Scope outerScope = scope;
        TextBuilder outerOut = out;
        scope = inner;
        out = budget.builder();
        before.run();
        execute(body);
        TracedText written = out.build();
        scope = outerScope;
        out = outerOut;
        return written;
    }

    TracedText run(List<Stmt> body, Scope inner) {
        return run(body, inner, () -> {});
    }

    Value evaluate(Expr expr) {
        return within(expr.at(), () -> expr.accept(this));
    }

    private Flow execute(Stmt stmt) {
        return within(stmt.at(), () -> stmt.accept(this));
    }

    private <T> T within(Position at, Supplier<T> part) {
        try {
            budget.enter();
            T result = part.get();
            budget.leave();
            return result;
        } catch (Failure failure) {
            throw new TemplateException(failure.reason(), at);
        }
    }

    private Flow execute(List<Stmt> body) {
        for (Stmt stmt : body) {
            Flow flow = execute(stmt);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    // Statements

    @Override
    public Flow data(Stmt.Data stmt) {
        out.append(stmt.text());
        return Flow.ON;
    }

    @Override
    public Flow print(Stmt.Print stmt) {
        boolean safe =
                stmt.expr() instanceof Expr.Filtered filtered && filtered.name().equals("safe");
        Expr printed = safe && ((Expr.Filtered) stmt.expr()).input() != null
                ? ((Expr.Filtered) stmt.expr()).input()
                : stmt.expr();
        out.append(str(evaluate(printed)));
        return Flow.ON;
    }

    @Override
    public Flow conditional(Stmt.If stmt) {
        for (Stmt.If.Branch branch : stmt.branches()) {
            if (evaluate(branch.test()).truthy()) {
                return execute(branch.body());
            }
        }
        return execute(stmt.otherwise());
    }

    @Override
    public Flow loop(Stmt.For stmt) {
        Value items = evaluate(stmt.items());
        if (stmt.recursive()) {
            out.append(recurse(stmt, scope, items, 0));
        } else {
            loop(stmt, items, 0);
        }
        return Flow.ON;
    }

    private TracedText recurse(Stmt.For stmt, Scope outer, Value items, int depth) {
        budget.enter();
        Scope before = scope;
        TextBuilder outerOut = out;
        scope = outer;
        out = budget.builder();
        loop(stmt, items, depth);
        TracedText written = out.build();
        scope = before;
        out = outerOut;
        budget.leave();
        return written;
    }

    private void loop(Stmt.For stmt, Value items, int depth) {
        Scope outer = scope;
        boolean sized = stmt.test() == null && !(items instanceof Generator) && !(items instanceof Loop);
        Loop loop = new Loop(
                stmt.test() == null ? items.iterator() : chosen(stmt.target(), stmt.test(), items.iterator(), outer),
                sized ? OptionalLong.of(items.length()) : OptionalLong.empty(),
                depth,
                stmt.recursive() ? (inner, level) -> recurse(stmt, outer, inner, level) : null);
        boolean none = true;
        Flow flow = Flow.ON;
        for (Value item = loop.next();
                item != null && flow != Flow.BREAK;
                item = flow == Flow.BREAK ? null : loop.next()) {
            budget.step();
            scope = outer.inner();
            scope.set("loop", loop);
            assign(stmt.target(), item);
            flow = execute(stmt.body());
            // As in Jinja, an iteration counts for the loop's else only once it has run to its end.
            none &= flow != Flow.ON;
        }
        scope = outer;
        if (none) {
            scope = outer.inner();
            execute(stmt.otherwise());
            scope = outer;
        }
    }

    /** The items that pass a loop's condition, each tried when its turn comes. */
    private Iterator<Value> chosen(Target target, Expr test, Iterator<Value> items, Scope outer) {
        return new Iterator<>() {
            private @Nullable Value found;

            @Override
            public boolean hasNext() {
                while (found == null && items.hasNext()) {
                    Value item = items.next();
                    Scope before = scope;
                    scope = outer.inner();
                    assign(target, item);
                    found = evaluate(test).truthy() ? item : null;
                    scope = before;
                }
                return found != null;
            }

            @Override
            public Value next() {
                if (!hasNext() || found == null) {
                    throw new NoSuchElementException();
                }
                Value item = found;
                found = null;
                return item;
            }
        };
    }

    @Override
    public Flow leave(Stmt.Break stmt) {
        return Flow.BREAK;
    }

    @Override
    public Flow next(Stmt.Continue stmt) {
        return Flow.CONTINUE;
    }

    @Override
    public Flow assign(Stmt.Assign stmt) {
        assign(stmt.target(), evaluate(stmt.value()));
        return Flow.ON;
    }

    private void assign(Target target, Value value) {
        if (target instanceof Target.Name name) {
            scope.set(name.name(), value);
        } else if (target instanceof Target.Attribute attribute) {
            if (!(lookUp(attribute.namespace()) instanceof Namespace namespace)) {
                throw new Failure("'" + attribute.namespace() + "' is not a namespace; its attribute '"
                        + attribute.name() + "' cannot be set");
            }
            namespace.set(attribute.name(), value);
        } else if (target instanceof Target.Unpacked unpacked) {
            List<Value> values = SequenceFilters.items(value, this);
            if (values.size() != unpacked.targets().size()) {
                throw new Failure(
                        "Expected " + unpacked.targets().size() + " values to unpack, found " + values.size());
            }
            for (int i = 0; i < values.size(); i++) {
                assign(unpacked.targets().get(i), values.get(i));
            }
        }
    }

    @Override
    public Flow setBlock(Stmt.SetBlock stmt) {
        TracedText written = run(stmt.body(), scope.inner());
        assign(stmt.target(), stmt.filter() == null ? written : filter(stmt.filter(), written));
        return Flow.ON;
    }

    @Override
    public Flow filterBlock(Stmt.FilterBlock stmt) {
        TracedText written = run(stmt.body(), scope.inner());
        return write(filter(stmt.filter(), written));
    }

    /** Unlike an expression's value, a block's is not turned into text. */
    private Flow write(Value value) {
        if (!(value instanceof TracedText text)) {
            throw new Failure("A block must end up as text; found " + value.typeName());
        }
        out.append(text);
        return Flow.ON;
    }

    @Override
    public Flow with(Stmt.With stmt) {
        Scope outer = scope;
        Scope inner = outer.inner();
        for (Stmt.With.Binding binding : stmt.bindings()) {
            Value value = evaluate(binding.value());
            scope = inner;
            assign(binding.target(), value);
            scope = outer;
        }
        scope = inner;
        Flow flow = execute(stmt.body());
        scope = outer;
        return flow;
    }

    @Override
    public Flow macro(Stmt.MacroDefinition stmt) {
        scope.set(stmt.signature().name(), new Macro(stmt.signature(), scope));
        return Flow.ON;
    }

    @Override
    public Flow callBlock(Stmt.CallBlock stmt) {
        Args args = arguments(stmt.call().arguments());
        Map<String, Value> named = new LinkedHashMap<>(args.named());
        named.put("caller", new Macro(stmt.caller(), scope));
        return write(call(evaluate(stmt.call().function()), new Args(args.positional(), named)));
    }

    @Override
    public Flow generation(Stmt.Generation stmt) {
        out.append(run(stmt.body(), scope.inner()));
        return Flow.ON;
    }

    // Expressions

    @Override
    public Value literal(Expr.Literal expr) {
        return expr.value();
    }

    @Override
    public Value name(Expr.Name expr) {
        return lookUp(expr.name());
    }

    private Value lookUp(String name) {
        Value value = scope.get(name);
        return value != null ? value : Undefined.variable(name);
    }

    @Override
    public Value items(Expr.Items expr) {
        return Sequence.of(expr.kind(), all(expr.items()));
    }

    private List<Value> all(List<Expr> exprs) {
        List<Value> values = new ArrayList<>(exprs.size());
        exprs.forEach(expr -> values.add(evaluate(expr)));
        return values;
    }

    @Override
    public Value dictItems(Expr.DictItems expr) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Expr.DictItems.Entry entry : expr.entries()) {
            Value key = evaluate(entry.key());
            Dict.requireHashable(key);
            entries.put(key, evaluate(entry.value()));
        }
        return Dict.of(entries);
    }

    @Override
    public Value conditional(Expr.Conditional expr) {
        if (evaluate(expr.test()).truthy()) {
            return evaluate(expr.then());
        }
        return expr.otherwise() != null
                ? evaluate(expr.otherwise())
                : new Undefined("The inline if evaluated to false and has no else");
    }

    @Override
    public Value logical(Expr.Logical expr) {
        Value left = evaluate(expr.left());
        return left.truthy() == expr.and() ? evaluate(expr.right()) : left;
    }

    @Override
    public Value not(Expr.Not expr) {
        return Numeric.of(!evaluate(expr.operand()).truthy());
    }

    @Override
    public Value comparison(Expr.Comparison expr) {
        Value left = evaluate(expr.first());
        for (Expr.Comparison.Link link : expr.rest()) {
            Value right = evaluate(link.operand());
            if (!Operators.compare(link.operator(), left, right, budget)) {
                return Numeric.FALSE;
            }
            left = right;
        }
        return Numeric.TRUE;
    }

    @Override
    public Value arithmetic(Expr.Arithmetic expr) {
        Value left = evaluate(expr.left());
        return Operators.apply(expr.operator(), left, evaluate(expr.right()), budget);
    }

    @Override
    public Value signed(Expr.Signed expr) {
        Value value = evaluate(expr.operand());
        return expr.negative() ? Arithmetic.negate(value) : Arithmetic.plus(value);
    }

    @Override
    public Value concatenation(Expr.Concatenation expr) {
        TextBuilder joined = budget.builder();
        for (Value part : all(expr.parts())) {
            joined.append(str(part));
        }
        return joined.build();
    }

    @Override
    public Value attribute(Expr.Attribute expr) {
        return Attributes.attribute(evaluate(expr.target()), expr.name());
    }

    @Override
    public Value item(Expr.Item expr) {
        return Attributes.item(evaluate(expr.target()), evaluate(expr.key()));
    }

    @Override
    public Value slice(Expr.Slice expr) {
        return Slices.slice(
                evaluate(expr.target()), bound(expr.start()), bound(expr.stop()), bound(expr.step()), budget);
    }

    private Value bound(@Nullable Expr expr) {
        return expr == null ? None.NONE : evaluate(expr);
    }

    @Override
    public Value call(Expr.Call expr) {
        return call(evaluate(expr.function()), arguments(expr.arguments()));
    }

    private Value call(Value function, Args args) {
        if (function instanceof Function callable) {
            return callable.call(args, this);
        }
        Operators.requireDefined(function);
        throw new Failure("A value of type " + function.typeName() + " cannot be called");
    }

    private Args arguments(Arguments arguments) {
        List<Value> positional = all(arguments.positional());
        Map<String, Value> named = new LinkedHashMap<>();
        for (Arguments.Keyword keyword : arguments.named()) {
            if (named.put(keyword.name(), evaluate(keyword.value())) != null) {
                throw new Failure("The argument '" + keyword.name() + "' is given twice");
            }
        }
        if (arguments.spread() != null) {
            positional.addAll(SequenceFilters.items(evaluate(arguments.spread()), this));
        }
        if (arguments.namedSpread() != null) {
            spread(evaluate(arguments.namedSpread()), named);
        }
        return new Args(positional, named);
    }

    private static void spread(Value values, Map<String, Value> named) {
        if (!(values instanceof Dict dict)) {
            throw new Failure("Only a dict can be spread with **; found " + values.typeName());
        }
        dict.entries().forEach((key, value) -> {
            if (!(key instanceof TracedText name) || named.put(name.string(), value) != null) {
                throw new Failure("The keys of a dict spread with ** must be strings, each given once");
            }
        });
    }

    @Override
    public Value filtered(Expr.Filtered expr) {
        if (expr.input() == null) {
            throw new IllegalStateException("The filter '" + expr.name() + "' of a block has no input");
        }
        return apply(expr, evaluate(expr.input()));
    }

    /** A block's chain of filters applied to its text. */
    private Value filter(Expr.Filtered chain, Value input) {
        Value inner = chain.input() instanceof Expr.Filtered before ? filter(before, input) : input;
        return apply(chain, inner);
    }

    private Value apply(Expr.Filtered expr, Value input) {
        return Filters.named(expr.name()).apply(input, arguments(expr.arguments()), this);
    }

    @Override
    public Value tested(Expr.Tested expr) {
        Value input = evaluate(expr.input());
        return Numeric.of(Tests.named(expr.name()).passes(input, arguments(expr.arguments()), this));
    }
}
