package dev.plumbline.pipeline;

/** A step cannot go on; what was finished is kept, and the same command resumes from there. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PipelineException(String message) {
        super(message);
    }

    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
