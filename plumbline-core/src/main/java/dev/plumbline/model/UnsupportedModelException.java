package dev.plumbline.model;

/** A checkpoint asks for something that this library would compute wrongly, so it refuses. The message names it. */
public final class UnsupportedModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }
}
