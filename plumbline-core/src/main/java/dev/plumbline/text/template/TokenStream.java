package dev.plumbline.text.template;

import java.util.List;

/** Tokens being read, with one token of look-ahead and a bound on nesting, for the parser recurses. */
final class TokenStream {
    private static final int MAX_NESTING = 100;

    private final List<Token> tokens;
    private int next;
    private int nesting;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(next);
    }

    Token lookAhead() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Position at() {
        return current().at();
    }

    boolean is(Token.Kind kind) {
        return current().kind() == kind;
    }

    boolean isName(String name) {
        return current().isName(name);
    }

    boolean isOperator(String operator) {
        return current().isOperator(operator);
    }

    Token take() {
        Token token = current();
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    boolean takeName(String name) {
        return takeIf(isName(name));
    }

    boolean takeOperator(String operator) {
        return takeIf(isOperator(operator));
    }

    private boolean takeIf(boolean matches) {
        if (matches) {
            take();
        }
        return matches;
    }

    Token expect(Token.Kind kind, String what) {
        if (!is(kind)) {
            throw unexpected(what);
        }
        return take();
    }

    void expectOperator(String operator) {
        if (!takeOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!takeName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    TemplateException unexpected(String expected) {
        return new TemplateException(
                "Expected " + expected + ", found " + current().describe(), at());
    }

    void enter() {
        if (++nesting > MAX_NESTING) {
            throw new TemplateException("The template's syntax nests deeper than " + MAX_NESTING + " levels", at());
        }
    }

    void leave() {
        nesting--;
    }
}
