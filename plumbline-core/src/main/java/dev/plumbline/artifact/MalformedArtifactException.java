package dev.plumbline.artifact;

import java.nio.file.Path;

/** A file is not what its format says it must be: truncated, corrupt, hostile, or of another kind. */
public final class MalformedArtifactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    /** @param problem what was found and what was expected, and where in the file */
    public MalformedArtifactException(Path file, String problem) {
        super(file + ": " + problem);
        this.file = file;
    }

    public Path file() {
        return file;
    }
}
