package dev.plumbline.moves;

/** Texts could not be embedded: a server failed, say. */
public final class EmbedderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbedderException(String message, Throwable cause) {
        super(message, cause);
    }
}
