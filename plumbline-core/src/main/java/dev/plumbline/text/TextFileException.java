package dev.plumbline.text;

import java.nio.file.Path;

/** A tokenizer, chat template, configuration or conversation file that is missing or not what it should be. */
public final class TextFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TextFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public TextFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
