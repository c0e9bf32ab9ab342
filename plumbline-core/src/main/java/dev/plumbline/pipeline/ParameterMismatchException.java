package dev.plumbline.pipeline;

/** A run directory was made with another value of a parameter: its files and new ones must not be mixed. */
public final class ParameterMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParameterMismatchException(String message) {
        super(message);
    }
}
