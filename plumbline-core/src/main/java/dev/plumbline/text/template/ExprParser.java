package dev.plumbline.text.template;

import dev.plumbline.text.template.Expr.Arguments;
import dev.plumbline.text.template.Operators.Binary;
import dev.plumbline.text.template.Operators.Compare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions, loosest binding first: {@code if}, {@code or}, {@code and}, {@code not}, comparison, … */
final class ExprParser {
    private static final Map<String, Compare> COMPARISONS = Map.of(
            "==", Compare.EQUAL,
            "!=", Compare.UNEQUAL,
            "<", Compare.LESS,
            "<=", Compare.LESS_OR_EQUAL,
            ">", Compare.GREATER,
            ">=", Compare.GREATER_OR_EQUAL);
    private static final Map<String, Binary> SUMS = Map.of("+", Binary.ADD, "-", Binary.SUBTRACT);
    private static final Map<String, Binary> PRODUCTS =
            Map.of("*", Binary.MULTIPLY, "/", Binary.DIVIDE, "//", Binary.FLOOR_DIVIDE, "%", Binary.REMAINDER);

    private final TokenStream tokens;
    private Set<String> mentioned = new HashSet<>();
    private boolean guarded;

    ExprParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** Runs a part of the parse and tells which names it mentions. */
    Set<String> mentionedIn(Runnable part) {
        Set<String> outer = mentioned;
        mentioned = new HashSet<>();
        part.run();
        Set<String> inner = mentioned;
        outer.addAll(inner);
        mentioned = outer;
        return Set.copyOf(inner);
    }

    /**
     * Runs a part of the parse whose filters and tests are looked up only if it runs ({@code guarded}, as in an
     * {@code if}) or must be known from the start.
     */
    void guarded(boolean guarded, Runnable part) {
        boolean before = this.guarded;
        this.guarded = guarded;
        part.run();
        this.guarded = before;
    }

    Expr expression() {
        tokens.enter();
        Expr expr = conditional();
        tokens.leave();
        return expr;
    }

    /** An expression, or several with commas: a tuple. */
    Expr tuple(boolean withConditional, String... endNames) {
        return tuple(withConditional, false, endNames);
    }

    private Expr tuple(boolean withConditional, boolean parenthesised, String... endNames) {
        Position at = tokens.at();
        List<Expr> items = new ArrayList<>();
        boolean isTuple = false;
        while (true) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (endsTuple(endNames)) {
                break;
            }
            items.add(withConditional ? expression() : withoutConditional());
            if (!tokens.isOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && !items.isEmpty()) {
            return items.get(0);
        }
        if (items.isEmpty() && !parenthesised) {
            throw tokens.unexpected("an expression");
        }
        return new Expr.Items(Sequence.Kind.TUPLE, items, at);
    }

    private boolean endsTuple(String... endNames) {
        return tokens.is(Token.Kind.PRINT_END)
                || tokens.is(Token.Kind.BLOCK_END)
                || tokens.isOperator(")")
                || List.of(endNames).stream().anyMatch(tokens::isName);
    }

    private Expr withoutConditional() {
        tokens.enter();
        Expr expr = or();
        tokens.leave();
        return expr;
    }

    private Expr conditional() {
        Position at = tokens.at();
        Expr expr = or();
        while (tokens.takeName("if")) {
            Expr test = or();
            Expr otherwise = null;
            if (tokens.takeName("else")) {
                tokens.enter();
                otherwise = conditional();
                tokens.leave();
            }
            expr = new Expr.Conditional(test, expr, otherwise, at);
        }
        return expr;
    }

    private Expr or() {
        Position at = tokens.at();
        Expr left = and();
        while (tokens.takeName("or")) {
            left = new Expr.Logical(false, left, and(), at);
        }
        return left;
    }

    private Expr and() {
        Position at = tokens.at();
        Expr left = not();
        while (tokens.takeName("and")) {
            left = new Expr.Logical(true, left, not(), at);
        }
        return left;
    }

    private Expr not() {
        Position at = tokens.at();
        if (!tokens.takeName("not")) {
            return comparison();
        }
        tokens.enter();
        Expr operand = not();
        tokens.leave();
        return new Expr.Not(operand, at);
    }

    private Expr comparison() {
        Position at = tokens.at();
        Expr first = sum();
        List<Expr.Comparison.Link> rest = new ArrayList<>();
        for (Compare operator = takeComparison(); operator != null; operator = takeComparison()) {
            rest.add(new Expr.Comparison.Link(operator, sum()));
        }
        return rest.isEmpty() ? first : new Expr.Comparison(first, rest, at);
    }

    private @Nullable Compare takeComparison() {
        if (tokens.is(Token.Kind.OPERATOR)
                && COMPARISONS.containsKey(tokens.current().text())) {
            return COMPARISONS.get(tokens.take().text());
        }
        if (tokens.takeName("in")) {
            return Compare.IN;
        }
        if (tokens.isName("not") && tokens.lookAhead().isName("in")) {
            tokens.take();
            tokens.take();
            return Compare.NOT_IN;
        }
        return null;
    }

    private Expr sum() {
        Expr left = concatenation();
        while (tokens.is(Token.Kind.OPERATOR)
                && SUMS.containsKey(tokens.current().text())) {
            Token operator = tokens.take();
            left = arithmetic(SUMS, operator, left, concatenation());
        }
        return left;
    }

    private Expr concatenation() {
        Position at = tokens.at();
        List<Expr> parts = new ArrayList<>(List.of(product()));
        while (tokens.takeOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expr.Concatenation(parts, at);
    }

    private Expr product() {
        Expr left = power();
        while (tokens.is(Token.Kind.OPERATOR)
                && PRODUCTS.containsKey(tokens.current().text())) {
            Token operator = tokens.take();
            left = arithmetic(PRODUCTS, operator, left, power());
        }
        return left;
    }

    private static Expr arithmetic(Map<String, Binary> operators, Token operator, Expr left, Expr right) {
        Binary binary = operators.get(operator.text());
        if (binary == null) {
            throw new IllegalStateException("No operator " + operator);
        }
        return new Expr.Arithmetic(binary, left, right, operator.at());
    }

    private Expr power() {
        Expr left = unary(true);
        while (tokens.isOperator("**")) {
            Position at = tokens.take().at();
            left = new Expr.Arithmetic(Binary.POWER, left, unary(true), at);
        }
        return left;
    }

    private Expr unary(boolean withFilters) {
        Position at = tokens.at();
        Expr expr;
        if (tokens.isOperator("-") || tokens.isOperator("+")) {
            boolean negative = tokens.take().isOperator("-");
            tokens.enter();
            expr = new Expr.Signed(negative, unary(false), at);
            tokens.leave();
        } else {
            expr = primary();
        }
        expr = postfix(expr);
        return withFilters ? filtersAndTests(expr) : expr;
    }

    private Expr primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.take());
            case STRING -> strings(token.at());
            case INTEGER -> new Expr.Literal(integer(tokens.take()), token.at());
            case REAL ->
                new Expr.Literal(
                        Numeric.of(Double.parseDouble(tokens.take().text().replace("_", ""))), token.at());
            default -> {
                if (tokens.takeOperator("(")) {
                    Expr inner = tuple(true, true);
                    tokens.expectOperator(")");
                    yield inner;
                }
                if (tokens.takeOperator("[")) {
                    yield list(token.at());
                }
                if (tokens.takeOperator("{")) {
                    yield dict(token.at());
                }
                throw tokens.unexpected("an expression");
            }
        };
    }

    private Expr name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expr.Literal(Numeric.TRUE, token.at());
            case "false", "False" -> new Expr.Literal(Numeric.FALSE, token.at());
            case "none", "None" -> new Expr.Literal(None.NONE, token.at());
            default -> {
                mentioned.add(token.text());
                yield new Expr.Name(token.text(), token.at());
            }
        };
    }

    private Expr strings(Position at) {
        StringBuilder joined = new StringBuilder();
        while (tokens.is(Token.Kind.STRING)) {
            joined.append(tokens.take().text());
        }
        return new Expr.Literal(TracedText.plain(joined.toString()), at);
    }

    private static Value integer(Token token) {
        String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (digits.startsWith("0b")) {
                return Numeric.of(Long.parseLong(digits.substring(2), 2));
            }
            if (digits.startsWith("0o")) {
                return Numeric.of(Long.parseLong(digits.substring(2), 8));
            }
            if (digits.startsWith("0x")) {
                return Numeric.of(Long.parseLong(digits.substring(2), 16));
            }
            return Numeric.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new TemplateException("Integers beyond 64 bits are not supported", token.at());
        }
    }

    private Expr list(Position at) {
        List<Expr> items = new ArrayList<>();
        while (!tokens.isOperator("]")) {
            items.add(expression());
            if (!tokens.isOperator("]")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator("]");
        return new Expr.Items(Sequence.Kind.LIST, items, at);
    }

    private Expr dict(Position at) {
        List<Expr.DictItems.Entry> entries = new ArrayList<>();
        while (!tokens.isOperator("}")) {
            Expr key = expression();
            tokens.expectOperator(":");
            entries.add(new Expr.DictItems.Entry(key, expression()));
            if (!tokens.isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator("}");
        return new Expr.DictItems(entries, at);
    }

    private Expr postfix(Expr start) {
        Expr expr = start;
        while (true) {
            if (tokens.isOperator(".")) {
                expr = attribute(expr, tokens.take().at());
            } else if (tokens.isOperator("[")) {
                expr = subscript(expr, tokens.take().at());
            } else if (tokens.isOperator("(")) {
                expr = call(expr);
            } else {
                return expr;
            }
        }
    }

    private Expr attribute(Expr target, Position at) {
        if (tokens.is(Token.Kind.INTEGER)) {
            Token index = tokens.take();
            return new Expr.Item(target, new Expr.Literal(integer(index), index.at()), at);
        }
        return new Expr.Attribute(
                target, tokens.expect(Token.Kind.NAME, "a name or number").text(), at);
    }

    private Expr subscript(Expr target, Position at) {
        if (tokens.isOperator("]")) {
            throw tokens.unexpected("an index");
        }
        Expr start = tokens.isOperator(":") ? null : expression();
        Expr result;
        if (start != null && !tokens.isOperator(":")) {
            result = new Expr.Item(target, start, at);
        } else {
            tokens.expectOperator(":");
            Expr stop = sliceBound();
            Expr step = tokens.takeOperator(":") ? sliceBound() : null;
            result = new Expr.Slice(target, start, stop, step, at);
        }
        if (tokens.isOperator(",")) {
            throw new TemplateException("An index of several parts is not supported", tokens.at());
        }
        tokens.expectOperator("]");
        return result;
    }

    private @Nullable Expr sliceBound() {
        return tokens.isOperator(":") || tokens.isOperator("]") || tokens.isOperator(",") ? null : expression();
    }

    Expr.Call call(Expr function) {
        Position at = tokens.at();
        return new Expr.Call(function, arguments(), at);
    }

    private Arguments arguments() {
        Position at = tokens.at();
        tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        List<Arguments.Keyword> named = new ArrayList<>();
        Expr spread = null;
        Expr namedSpread = null;
        while (!tokens.isOperator(")")) {
            boolean isNamed = tokens.is(Token.Kind.NAME) && tokens.lookAhead().isOperator("=");
            boolean early = spread == null && namedSpread == null;
            if (tokens.isOperator("*") && early) {
                tokens.take();
                spread = expression();
            } else if (tokens.isOperator("**") && namedSpread == null) {
                tokens.take();
                namedSpread = expression();
            } else if (isNamed && namedSpread == null) {
                String name = tokens.take().text();
                tokens.take();
                named.add(new Arguments.Keyword(name, expression()));
            } else if (early && named.isEmpty()) {
                positional.add(expression());
            } else {
                throw new TemplateException("The arguments of this call are out of order", at);
            }
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator(")");
        return new Arguments(positional, named, spread, namedSpread);
    }

    private Expr filtersAndTests(Expr start) {
        Expr expr = start;
        while (true) {
            if (tokens.takeOperator("|")) {
                expr = filter(expr);
            } else if (tokens.isName("is")) {
                expr = test(expr);
            } else if (tokens.isOperator("(")) {
                expr = call(expr);
            } else {
                return expr;
            }
        }
    }

    /** A filter by name, and those piped after it; the first has no input where it is given none. */
    Expr.Filtered filters(@Nullable Expr input) {
        Expr.Filtered filtered = filter(input);
        while (tokens.takeOperator("|")) {
            filtered = filter(filtered);
        }
        return filtered;
    }

    private Expr.Filtered filter(@Nullable Expr input) {
        Position at = tokens.at();
        String name = dottedName("the name of a filter");
        if (!guarded && !Filters.exists(name)) {
            throw new TemplateException(Filters.missing(name).reason(), at);
        }
        Arguments arguments = tokens.isOperator("(") ? arguments() : Arguments.NONE;
        return new Expr.Filtered(input, name, arguments, at);
    }

    private String dottedName(String what) {
        StringBuilder name =
                new StringBuilder(tokens.expect(Token.Kind.NAME, what).text());
        while (tokens.takeOperator(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME, "a name").text());
        }
        return name.toString();
    }

    private Expr test(Expr input) {
        Position at = tokens.take().at();
        boolean negated = tokens.takeName("not");
        Position nameAt = tokens.at();
        String name = dottedName("the name of a test");
        if (!guarded && !Tests.exists(name)) {
            throw new TemplateException(Tests.missing(name).reason(), nameAt);
        }
        Expr tested = new Expr.Tested(input, name, testArguments(), at);
        return negated ? new Expr.Not(tested, at) : tested;
    }

    private Arguments testArguments() {
        if (tokens.isOperator("(")) {
            return arguments();
        }
        Token next = tokens.current();
        boolean operand =
                switch (next.kind()) {
                    case NAME -> !next.isName("else") && !next.isName("or") && !next.isName("and");
                    case STRING, INTEGER, REAL -> true;
                    default -> next.isOperator("[") || next.isOperator("{");
                };
        if (!operand) {
            return Arguments.NONE;
        }
        if (next.isName("is")) {
            throw new TemplateException("Tests cannot be chained with 'is'", next.at());
        }
        tokens.enter();
        Expr argument = postfix(primary());
        tokens.leave();
        return new Arguments(List.of(argument), List.of(), null, null);
    }
}
