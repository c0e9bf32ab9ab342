package dev.plumbline.text.template;

/**
 * A piece of template source.
 *
 * @param text the source, with the quotes and escapes of a string undone
 */
record Token(Kind kind, String text, Position at) {
    enum Kind {
        DATA,
        BLOCK_BEGIN,
        BLOCK_END,
        PRINT_BEGIN,
        PRINT_END,
        NAME,
        STRING,
        INTEGER,
        REAL,
        OPERATOR,
        END
    }

    boolean is(Kind expected, String text) {
        return kind == expected && this.text.equals(text);
    }

    boolean isOperator(String operator) {
        return is(Kind.OPERATOR, operator);
    }

    boolean isName(String name) {
        return is(Kind.NAME, name);
    }

    /** How messages speak of it. */
    String describe() {
        return switch (kind) {
            case DATA -> "text";
            case BLOCK_BEGIN, BLOCK_END, PRINT_BEGIN, PRINT_END, OPERATOR, NAME, INTEGER, REAL -> "'" + text + "'";
            case STRING -> "a string";
            case END -> "the end of the template";
        };
    }
}
