package dev.plumbline.checkpoint;

import java.nio.file.Path;

/** A checkpoint's files are missing, damaged, or contradict each other. The message names the file and the tensor. */
public final class MalformedCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedCheckpointException(Path file, String problem) {
        super(file + ": " + problem);
    }

    MalformedCheckpointException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
