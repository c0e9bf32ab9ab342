package dev.plumbline.app.cli;

/** What the program tells its caller. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    /** Finished, but some items were lost; they are counted and named on stderr. */
    static final int LOSSES = 3;

    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
