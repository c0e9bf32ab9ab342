package dev.plumbline.text.template;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement of a template, with its place in the source. */
sealed interface Stmt {
    Position at();

    <R> R accept(Visitor<R> visitor);

    /** Text between tags. */
    record Data(TracedText text, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.data(this);
        }
    }

    /** <code>{{ expr }}</code>. */
    record Print(Expr expr, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.print(this);
        }
    }

    record If(List<Branch> branches, List<Stmt> otherwise, Position at) implements Stmt {
        record Branch(Expr test, List<Stmt> body) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.conditional(this);
        }
    }

    record For(
            Target target,
            Expr items,
            @Nullable Expr test,
            boolean recursive,
            List<Stmt> body,
            List<Stmt> otherwise,
            Position at)
            implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.loop(this);
        }
    }

    record Break(Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.leave(this);
        }
    }

    record Continue(Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.next(this);
        }
    }

    record Assign(Target target, Expr value, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.assign(this);
        }
    }

    /** {@code {% set target | filters %}body{% endset %}}. */
    record SetBlock(Target target, Expr.@Nullable Filtered filter, List<Stmt> body, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setBlock(this);
        }
    }

    record FilterBlock(Expr.Filtered filter, List<Stmt> body, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filterBlock(this);
        }
    }

    record With(List<Binding> bindings, List<Stmt> body, Position at) implements Stmt {
        record Binding(Target target, Expr value) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.with(this);
        }
    }

    record MacroDefinition(Signature signature, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.macro(this);
        }
    }

    /** A call whose block is handed over as {@code caller}. */
    record CallBlock(Signature caller, Expr.Call call, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.callBlock(this);
        }
    }

    /** {@code {% generation %}}: what transformers marks as written by the assistant; it renders as its body. */
    record Generation(List<Stmt> body, Position at) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.generation(this);
        }
    }

    /**
     * Name, parameters and body of a macro.
     *
     * @param uses the names its body mentions: {@code varargs}, {@code kwargs} and {@code caller} exist only then
     */
    record Signature(String name, List<Parameter> parameters, List<Stmt> body, Set<String> uses) {
        record Parameter(String name, @Nullable Expr otherwise) {}
    }

    /** One case per kind of statement. */
    interface Visitor<R> {
        R data(Data stmt);

        R print(Print stmt);

        R conditional(If stmt);

        R loop(For stmt);

        R leave(Break stmt);

        R next(Continue stmt);

        R assign(Assign stmt);

        R setBlock(SetBlock stmt);

        R filterBlock(FilterBlock stmt);

        R with(With stmt);

        R macro(MacroDefinition stmt);

        R callBlock(CallBlock stmt);

        R generation(Generation stmt);
    }
}
