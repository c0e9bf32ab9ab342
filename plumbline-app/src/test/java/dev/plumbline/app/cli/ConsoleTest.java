package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    /** What commands print as JSON is full of values that may be absent. */
    record Found(Optional<String> name, OptionalDouble share) {}

    private static String json(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .json(value);
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void absentValuesAreNull() {
        assertThat(json(new Found(Optional.of("axis"), OptionalDouble.of(0.5))))
                .isEqualTo("{\"name\":\"axis\",\"share\":0.5}");
        assertThat(json(new Found(Optional.empty(), OptionalDouble.empty())))
                .isEqualTo("{\"name\":null,\"share\":null}");
    }
}
