package dev.plumbline.text.template;

/** What went wrong, before the evaluator adds where. Never leaves this package. */
final class Failure extends RuntimeException {
    Failure(String message) {
        super(message, null, false, false);
    }

    /** The message as it stands; a failure always has one. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
