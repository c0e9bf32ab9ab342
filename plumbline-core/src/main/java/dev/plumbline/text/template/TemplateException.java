package dev.plumbline.text.template;

/** A template that cannot be read or rendered, with the place in its source where that showed. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    TemplateException(String problem, Position at) {
        super(problem + " (line " + at.line() + ", column " + at.column() + " of the chat template)");
        this.line = at.line();
        this.column = at.column();
    }

    /** Line in the template's source, from 1. */
    public int line() {
        return line;
    }

    /** Column in that line, from 1, in UTF-16 units. */
    public int column() {
        return column;
    }
}
