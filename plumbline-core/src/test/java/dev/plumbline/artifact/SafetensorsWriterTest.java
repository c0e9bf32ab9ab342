package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    @TempDir
    Path directory;

    private static TensorData bf16Axis() {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : Fixtures.counting(12, 0)) {
            bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        }
        return new TensorData(DType.BF16, new long[] {3, 4}, bytes.flip());
    }

    private static TensorData count() {
        return new TensorData(
                DType.I64,
                new long[] {1},
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(3).flip());
    }

    /** To the byte, for these tensors; the order of JSON fields is Python's choice and could change there. */
    @Test
    void writesWhatPythonWrites() throws IOException {
        Path file = directory.resolve("tensors.safetensors");
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("axis", bf16Axis());
        tensors.put("count", count());
        SafetensorsWriter.write(file, tensors, Map.of("model", "nano"));
        assertThat(file).hasSameBinaryContentAs(Fixtures.file("tensors.safetensors"));
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        Path file = directory.resolve("empty.safetensors");
        SafetensorsWriter.write(file, Map.of(), Map.of());
        assertThat(Files.readAllBytes(file))
                .isEqualTo("\u0008\0\0\0\0\0\0\0{}      ".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void refusesTheNameOfTheMetadata() {
        Path file = directory.resolve("never.safetensors");
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of("__metadata__", count()), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }
}
