package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path directory;

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void replacesTheWholeContentAndLeavesNothingElse() throws IOException {
        Path file = directory.resolve("scores.json");
        AtomicFile.write(file, text("a long first content"));
        AtomicFile.write(file, text("second"));

        assertThat(file).hasContent("second");
        assertThat(entries()).containsExactly("scores.json");
    }

    @Test
    void anInterruptDoesNotKeepItFromWriting() throws IOException {
        Path file = directory.resolve("chat.json");
        Thread.currentThread().interrupt();
        AtomicFile.write(file, text("said before the end"));

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(file).hasContent("said before the end");
        assertThat(entries()).containsExactly("chat.json");
    }

    @Test
    void makesMissingDirectories() {
        Path file = directory.resolve("vectors/deep/a.pt");
        AtomicFile.write(file, text("x"));
        assertThat(file).hasContent("x");
    }

    @Test
    void aFailureWhileWritingLeavesThePreviousContent() throws IOException {
        Path file = directory.resolve("axis.pt");
        AtomicFile.write(file, text("previous"));

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write " + file + ": No space left on device");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    throw new IllegalStateException("the caller's own");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the caller's own");

        assertThat(file).hasContent("previous");
        assertThat(entries()).containsExactly("axis.pt");
    }

    @Test
    void saysWhyADirectoryCannotBeMade() throws IOException {
        Path blocker = Files.writeString(directory.resolve("blocker"), "a file");
        assertThatThrownBy(() -> AtomicFile.write(blocker.resolve("axis.pt"), text("x")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write " + blocker.resolve("axis.pt") + ": ")
                .hasMessageContaining(blocker.toString());
    }

    private Stream<String> entries() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).toList().stream();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no named pipes in directories")
    void aPipeIsWrittenToAndNotReplaced() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        AtomicFile.write(pipe, out -> out.write("axis".getBytes(StandardCharsets.UTF_8)));

        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("axis");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }
}
