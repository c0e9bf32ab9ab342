package dev.plumbline.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Lines that a person types, or that a pipe brings. */
interface ChatInput extends AutoCloseable {

    /** Set by the launcher where stdin and stdout are a terminal; Java tells it in different ways from 22 on. */
    String TERMINAL = "plumbline.terminal";

    /** The next line; empty when there are no more. */
    Optional<String> read() throws InterruptedException;

    @Override
    void close() throws IOException;

    /** With line editing and history in a terminal. */
    static ChatInput open() throws IOException {
        return Boolean.getBoolean(TERMINAL) ? typed() : piped();
    }

    private static ChatInput typed() throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                // An exclamation mark is one, and no word of a shell's history.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        return new ChatInput() {
            @Override
            public Optional<String> read() {
                try {
                    return Optional.of(reader.readLine("> "));
                } catch (EndOfFileException | UserInterruptException e) {
                    return Optional.empty();
                }
            }

            @Override
            public void close() throws IOException {
                terminal.close();
            }
        };
    }

    /** A thread of its own reads, since an interrupt does not end the wait for stdin. */
    private static ChatInput piped() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BlockingQueue<Supplier<Optional<String>>> read = new ArrayBlockingQueue<>(1);
        Thread reader = new Thread(() -> pass(lines, read), "stdin");
        reader.setDaemon(true);
        reader.start();
        return new ChatInput() {
            @Override
            public Optional<String> read() throws InterruptedException {
                return read.take().get();
            }

            @Override
            public void close() {
                reader.interrupt();
            }
        };
    }

    private static void pass(BufferedReader lines, BlockingQueue<Supplier<Optional<String>>> to) {
        try {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Optional<String> next = Optional.of(line);
                    to.put(() -> next);
                }
                to.put(Optional::empty);
            } catch (IOException e) {
                to.put(() -> {
                    throw new UncheckedIOException("Cannot read stdin: " + e.getMessage(), e);
                });
            }
        } catch (InterruptedException over) {
            // Nobody waits for the next line.
        }
    }
}
