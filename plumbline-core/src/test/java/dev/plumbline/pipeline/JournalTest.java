package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final List<String> LINES = List.of("{\"a\":1}", "{\"b\":\"\u00e9\u00fc\"}", "{\"c\":3}");

    @TempDir
    Path directory;

    @Test
    void everyTornEndIsCutOff() throws IOException {
        Path file = directory.resolve("work").resolve("a.jsonl");
        Journal journal = new Journal(file);
        assertThat(journal.recover()).isEmpty();
        journal.append(LINES.subList(0, 2));
        journal.append(List.of());
        journal.append(LINES.subList(2, 3));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<String> lines = journal.recover();
            assertThat(lines).isEqualTo(LINES.subList(0, lines.size()));
            journal.append(List.of("{\"d\":4}"));
            assertThat(journal.recover()).hasSize(lines.size() + 1).endsWith("{\"d\":4}");
        }
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothingBehind() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full, as Linux has it").exists();
        Path file = directory.resolve("a.jsonl");
        Files.createSymbolicLink(file, full);
        Journal journal = new Journal(file);
        assertThatThrownBy(() -> journal.append(List.of("{}")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot write " + file)
                .hasMessageContaining("No space left");
        Files.delete(file);
    }
}
