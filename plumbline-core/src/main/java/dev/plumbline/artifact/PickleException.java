package dev.plumbline.artifact;

/** What is wrong with a pickle, said without knowing where it is; the interpreter adds that. */
final class PickleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PickleException(String problem) {
        super(problem, null, false, false);
    }
}
