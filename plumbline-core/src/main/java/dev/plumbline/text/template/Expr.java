package dev.plumbline.text.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a template, with its place in the source. */
sealed interface Expr {
    Position at();

    <R> R accept(Visitor<R> visitor);

    record Literal(Value value, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.literal(this);
        }
    }

    record Name(String name, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.name(this);
        }
    }

    record Items(Sequence.Kind kind, List<Expr> items, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.items(this);
        }
    }

    record DictItems(List<Entry> entries, Position at) implements Expr {
        record Entry(Expr key, Expr value) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dictItems(this);
        }
    }

    /** {@code then if test else otherwise}; without the last, undefined where the test fails. */
    record Conditional(Expr test, Expr then, @Nullable Expr otherwise, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.conditional(this);
        }
    }

    /** {@code and} or {@code or}. */
    record Logical(boolean and, Expr left, Expr right, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.logical(this);
        }
    }

    record Not(Expr operand, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.not(this);
        }
    }

    /** A chain of comparisons, {@code a < b < c}. */
    record Comparison(Expr first, List<Link> rest, Position at) implements Expr {
        record Link(Operators.Compare operator, Expr operand) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.comparison(this);
        }
    }

    record Arithmetic(Operators.Binary operator, Expr left, Expr right, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arithmetic(this);
        }
    }

    /** {@code +operand} or {@code -operand}. */
    record Signed(boolean negative, Expr operand, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.signed(this);
        }
    }

    /** {@code a ~ b ~ c}. */
    record Concatenation(List<Expr> parts, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.concatenation(this);
        }
    }

    /** {@code target.name}. */
    record Attribute(Expr target, String name, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attribute(this);
        }
    }

    /** {@code target[key]}. */
    record Item(Expr target, Expr key, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.item(this);
        }
    }

    /** {@code target[start:stop:step]}. */
    record Slice(
            Expr target,
            @Nullable Expr start,
            @Nullable Expr stop,
            @Nullable Expr step,
            Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.slice(this);
        }
    }

    record Call(Expr function, Arguments arguments, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** {@code input|name(arguments)}; a filter of a block has no input of its own. */
    record Filtered(@Nullable Expr input, String name, Arguments arguments, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filtered(this);
        }
    }

    /** {@code input is name(arguments)}. */
    record Tested(Expr input, String name, Arguments arguments, Position at) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.tested(this);
        }
    }

    /** Arguments as written, {@code *spread} and {@code **namedSpread} included. */
    record Arguments(
            List<Expr> positional,
            List<Keyword> named,
            @Nullable Expr spread,
            @Nullable Expr namedSpread) {
        static final Arguments NONE = new Arguments(List.of(), List.of(), null, null);

        record Keyword(String name, Expr value) {}
    }

    /** One case per kind of expression. */
    interface Visitor<R> {
        R literal(Literal expr);

        R name(Name expr);

        R items(Items expr);

        R dictItems(DictItems expr);

        R conditional(Conditional expr);

        R logical(Logical expr);

        R not(Not expr);

        R comparison(Comparison expr);

        R arithmetic(Arithmetic expr);

        R signed(Signed expr);

        R concatenation(Concatenation expr);

        R attribute(Attribute expr);

        R item(Item expr);

        R slice(Slice expr);

        R call(Call expr);

        R filtered(Filtered expr);

        R tested(Tested expr);
    }
}
