package dev.plumbline.app.cli;

import dev.plumbline.transcript.Transcript;
import dev.plumbline.transcript.TranscriptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a chat in a file after every answer, so that it is there however the chat ends. A file that nobody asked for goes
 * away again if all of the chat was saved to another.
 */
final class ChatKeeper implements AutoCloseable {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'chat-'yyyyMMdd-HHmmss", Locale.ROOT);

    private final Console console;
    private final Path file;
    private final boolean askedFor;
    private boolean written;
    private boolean savedElsewhere;

    /**
     * @param asked where to keep it; none for a new file in the current directory
     * @throws IllegalArgumentException if a file is there already
     */
    ChatKeeper(Console console, @Nullable Path asked) {
        this.console = console;
        this.askedFor = asked != null;
        this.file = asked != null
                ? asked
                : unused(LocalDateTime.now(ZoneId.systemDefault()).format(NAME));
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " is there already; a chat is kept in a file of its own");
        }
    }

    private static Path unused(String name) {
        Path path = Path.of(name + ".json");
        for (int i = 2; Files.exists(path); i++) {
            path = Path.of(name + "-" + i + ".json");
        }
        return path;
    }

    Path file() {
        return file;
    }

    /** Writes the chat as it is now. */
    void keep(Transcript transcript) {
        TranscriptFile.write(file, transcript);
        written = true;
        savedElsewhere = false;
    }

    /** The chat as it is now was written to another file. */
    void savedElsewhere() {
        savedElsewhere = true;
    }

    @Override
    public void close() {
        if (!written) {
            return;
        }
        if (askedFor || !savedElsewhere) {
            console.note("plumb: the chat is in " + file + ", which plumb project reads");
            return;
        }
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot take away " + file + ": " + e.getMessage(), e);
        }
    }
}
