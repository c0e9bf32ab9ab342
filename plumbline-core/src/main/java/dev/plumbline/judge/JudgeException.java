package dev.plumbline.judge;

/** No verdict could be had from a judge. */
public final class JudgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retriable;

    public JudgeException(String message, boolean retriable) {
        super(message);
        this.retriable = retriable;
    }

    public JudgeException(String message, boolean retriable, Throwable cause) {
        super(message, cause);
        this.retriable = retriable;
    }

    /** Whether the same request may succeed later: true for a busy server, false for a rejected key. */
    public boolean retriable() {
        return retriable;
    }
}
