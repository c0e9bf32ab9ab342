package dev.plumbline.text.template;

import dev.plumbline.text.template.Stmt.If.Branch;
import dev.plumbline.text.template.Stmt.Signature;
import dev.plumbline.text.template.Stmt.Signature.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a template into statements. */
final class Parser {
    private static final Set<String> UNSUPPORTED =
            Set.of("block", "extends", "include", "import", "from", "autoescape", "print", "do", "trans", "debug");

    private final TokenStream tokens;
    private final ExprParser expressions;
    private int loops;

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExprParser(tokens);
    }

    static List<Stmt> parse(String template) {
        return new Parser(new TokenStream(Lexer.tokens(template))).statements();
    }

    /** Statements up to the end of the template, or to a block tag with one of the names, which stays to be read. */
    private List<Stmt> statements(String... ends) {
        List<Stmt> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case END -> {
                    if (ends.length > 0) {
                        throw tokens.unexpected(tagNames(ends));
                    }
                    return statements;
                }
                case DATA ->
                    statements.add(new Stmt.Data(TracedText.plain(tokens.take().text()), token.at()));
                case PRINT_BEGIN -> {
                    tokens.take();
                    statements.add(new Stmt.Print(expressions.tuple(true), token.at()));
                    tokens.expect(Token.Kind.PRINT_END, "'}}'");
                }
                default -> {
                    tokens.expect(Token.Kind.BLOCK_BEGIN, "text or a tag");
                    if (List.of(ends).stream().anyMatch(tokens::isName)) {
                        return statements;
                    }
                    statements.add(statement(ends));
                    tokens.expect(Token.Kind.BLOCK_END, "'%}'");
                }
            }
        }
    }

    private static String tagNames(String... names) {
        return "the tag "
                + String.join(
                        " or ",
                        List.of(names).stream().map(name -> "'" + name + "'").toList());
    }

    /** The body of a block tag, whose end tag is read too but for its {@code %}}. */
    private List<Stmt> body(String end) {
        List<Stmt> body = bodyUpTo(end);
        tokens.take();
        return body;
    }

    private List<Stmt> bodyUpTo(String... ends) {
        tokens.takeOperator(":");
        tokens.expect(Token.Kind.BLOCK_END, "'%}'");
        tokens.enter();
        List<Stmt> body = statements(ends);
        tokens.leave();
        return body;
    }

    private Stmt statement(String... ends) {
        Token tag = tokens.expect(Token.Kind.NAME, "the name of a tag");
        return switch (tag.text()) {
            case "if" -> conditional(tag);
            case "for" -> loop(tag);
            case "set" -> set(tag);
            case "macro" -> macro(tag);
            case "call" -> callBlock(tag);
            case "filter" -> filterBlock(tag);
            case "with" -> with(tag);
            case "generation" -> new Stmt.Generation(scope("endgeneration"), tag.at());
            case "break" -> inLoop(new Stmt.Break(tag.at()));
            case "continue" -> inLoop(new Stmt.Continue(tag.at()));
            default -> throw unknown(tag, ends);
        };
    }

    private static TemplateException unknown(Token tag, String... ends) {
        if (UNSUPPORTED.contains(tag.text())) {
            return new TemplateException("The tag '" + tag.text() + "' is not supported in chat templates", tag.at());
        }
        String expected = ends.length == 0 ? "" : "; expected " + tagNames(ends);
        return new TemplateException("Unknown tag '" + tag.text() + "'" + expected, tag.at());
    }

    private Stmt inLoop(Stmt statement) {
        if (loops == 0) {
            throw new TemplateException("A break or continue stands outside of a loop", statement.at());
        }
        return statement;
    }

    /** The body of a tag that Jinja compiles to a function: no loop reaches into it. */
    private List<Stmt> scope(String end) {
        int outer = loops;
        loops = 0;
        List<Stmt> body = new ArrayList<>();
        expressions.guarded(false, () -> body.addAll(body(end)));
        loops = outer;
        return body;
    }

    private Stmt conditional(Token tag) {
        List<Branch> branches = new ArrayList<>();
        List<Stmt> otherwise = new ArrayList<>();
        expressions.guarded(true, () -> {
            do {
                Expr test = expressions.tuple(false);
                branches.add(new Branch(test, bodyUpTo("elif", "else", "endif")));
            } while (tokens.takeName("elif"));
            if (tokens.takeName("else")) {
                otherwise.addAll(body("endif"));
            } else {
                tokens.expectName("endif");
            }
        });
        return new Stmt.If(branches, otherwise, tag.at());
    }

    private Stmt loop(Token tag) {
        Target target = target(false, "in");
        tokens.expectName("in");
        Expr items = expressions.tuple(false, "recursive");
        Expr test = tokens.takeName("if") ? expressions.expression() : null;
        boolean recursive = tokens.takeName("recursive");
        List<Stmt> body = new ArrayList<>();
        List<Stmt> otherwise = new ArrayList<>();
        expressions.guarded(false, () -> {
            loops++;
            body.addAll(bodyUpTo("endfor", "else"));
            loops--;
            if (tokens.takeName("else")) {
                otherwise.addAll(body("endfor"));
            } else {
                tokens.expectName("endfor");
            }
        });
        return new Stmt.For(target, items, test, recursive, body, otherwise, tag.at());
    }

    private Stmt set(Token tag) {
        Target target = target(true);
        if (tokens.takeOperator("=")) {
            return new Stmt.Assign(target, expressions.tuple(true), tag.at());
        }
        Expr.Filtered filter = tokens.takeOperator("|") ? expressions.filters(null) : null;
        return new Stmt.SetBlock(target, filter, unguarded("endset"), tag.at());
    }

    private Stmt filterBlock(Token tag) {
        Expr.Filtered filter = expressions.filters(null);
        return new Stmt.FilterBlock(filter, unguarded("endfilter"), tag.at());
    }

    private Stmt with(Token tag) {
        List<Stmt.With.Binding> bindings = new ArrayList<>();
        while (!tokens.is(Token.Kind.BLOCK_END)) {
            if (!bindings.isEmpty()) {
                tokens.expectOperator(",");
            }
            Target target = target(false);
            tokens.expectOperator("=");
            bindings.add(new Stmt.With.Binding(target, expressions.expression()));
        }
        return new Stmt.With(bindings, unguarded("endwith"), tag.at());
    }

    private List<Stmt> unguarded(String end) {
        List<Stmt> body = new ArrayList<>();
        expressions.guarded(false, () -> body.addAll(body(end)));
        return body;
    }

    private Stmt macro(Token tag) {
        String name = tokens.expect(Token.Kind.NAME, "the name of the macro").text();
        List<Parameter> parameters = new ArrayList<>();
        List<Stmt> body = new ArrayList<>();
        Set<String> uses = expressions.mentionedIn(() -> {
            parameters.addAll(parameters());
            body.addAll(scope("endmacro"));
        });
        return new Stmt.MacroDefinition(new Signature(name, parameters, body, uses), tag.at());
    }

    private Stmt callBlock(Token tag) {
        List<Parameter> parameters = tokens.isOperator("(") ? parameters() : List.of();
        if (!(expressions.expression() instanceof Expr.Call call)) {
            throw new TemplateException("A call block needs a call", tag.at());
        }
        List<Stmt> body = new ArrayList<>();
        Set<String> uses = expressions.mentionedIn(() -> body.addAll(scope("endcall")));
        return new Stmt.CallBlock(new Signature("caller", parameters, body, uses), call, tag.at());
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        boolean optional = false;
        while (!tokens.isOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            Token name = tokens.expect(Token.Kind.NAME, "the name of a parameter");
            boolean hasDefault = tokens.takeOperator("=");
            if (optional && !hasDefault) {
                throw new TemplateException("A parameter without default follows one with a default", name.at());
            }
            optional |= hasDefault;
            parameters.add(new Parameter(name.text(), hasDefault ? expressions.expression() : null));
        }
        tokens.expectOperator(")");
        return parameters;
    }

    /** One target, or several with commas. */
    private Target target(boolean attributes, String... endNames) {
        List<Target> targets = new ArrayList<>(List.of(singleTarget(attributes)));
        boolean unpacked = false;
        while (tokens.takeOperator(",")) {
            unpacked = true;
            if (tokens.is(Token.Kind.BLOCK_END) || List.of(endNames).stream().anyMatch(tokens::isName)) {
                break;
            }
            targets.add(singleTarget(attributes));
        }
        return unpacked ? new Target.Unpacked(targets) : targets.get(0);
    }

    private Target singleTarget(boolean attributes) {
        if (tokens.takeOperator("(")) {
            tokens.enter();
            Target inner = target(attributes);
            tokens.leave();
            tokens.expectOperator(")");
            return inner;
        }
        Token name = tokens.expect(Token.Kind.NAME, "a name to assign to");
        switch (name.text()) {
            case "true", "false", "none", "True", "False", "None" ->
                throw new TemplateException("Cannot assign to '" + name.text() + "'", name.at());
            case "loop" -> {
                if (!attributes) {
                    throw new TemplateException("Cannot assign to the special variable 'loop'", name.at());
                }
            }
            default -> {}
        }
        return attributes && tokens.takeOperator(".")
                ? new Target.Attribute(
                        name.text(), tokens.expect(Token.Kind.NAME, "a name").text())
                : new Target.Name(name.text());
    }
}
