package dev.plumbline.text.template;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A chat template, read once and rendered as often as wanted. Immutable and thread-safe. */
public final class Template {
    private final List<Stmt> statements;
    private final TemplateLimits limits;
    private final Clock clock;

    private Template(List<Stmt> statements, TemplateLimits limits, Clock clock) {
        this.statements = statements;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if it is not a template, or uses something of Jinja that is not supported
     */
    public static Template parse(String source) {
        return new Template(Parser.parse(source), TemplateLimits.DEFAULT, Clock.system(ZoneId.systemDefault()));
    }

    /** This template under other limits. */
    public Template withLimits(TemplateLimits limits) {
        return new Template(statements, Objects.requireNonNull(limits, "limits"), clock);
    }

    /** This template with another clock for {@code strftime_now}. */
    public Template withClock(Clock clock) {
        return new Template(statements, limits, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Renders the template.
     *
     * @param variables strings, {@link TracedText}, booleans, numbers, and lists and maps of these; an empty Optional, and
     *     null in lists and maps, is Python's {@code None}
     * @return the text, with the origins that the variables brought along
     * @throws TemplateException if the template raises an exception, fails, or exceeds its limits
     */
    public TracedText render(Map<String, ?> variables) {
        Scope scope = Scope.outermost();
        Globals.define(scope, clock);
        try {
            variables.forEach((name, value) -> scope.set(name, Variables.value(value)));
        } catch (Failure failure) {
            throw new TemplateException(failure.reason(), new Position(1, 1));
        }
        return new Evaluator(scope, new Budget(limits)).run(statements, scope.inner());
    }
}
