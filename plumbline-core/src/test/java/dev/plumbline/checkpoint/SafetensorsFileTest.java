package dev.plumbline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    @TempDir
    Path directory;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int i = 0; i < dataBytes; i++) {
            bytes.put((byte) i);
        }
        return Files.write(directory.resolve("model.safetensors"), bytes.array());
    }

    @Test
    void readsTensorsAndMetadata() throws IOException {
        Path path = file("""
                {"__metadata__": {"format": "pt"},
                 "b": {"dtype": "I8", "shape": [2, 2], "data_offsets": [4, 8]},
                 "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
                 "none": {"dtype": "BF16", "shape": [0, 7], "data_offsets": [8, 8]}}""", 8);

        SafetensorsFile found = SafetensorsFile.read(path);

        assertThat(found.metadata()).containsEntry("format", "pt");
        assertThat(found.tensors()).containsOnlyKeys("b", "a", "none");
        assertThat(found.load("b").shape()).containsExactly(2, 2);
        assertThat(found.load("b").bytes().get(3)).isEqualTo((byte) 7);
        assertThat(found.load("a").dtype()).isEqualTo(DType.F32);
        assertThat(found.load("none").numel()).isZero();
        assertThatThrownBy(() -> found.load("c")).hasMessageContaining("has no tensor \"c\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 16]}}          | "a" has 16 bytes; expected 8 for F32[2]
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 24]}}          | "a" lies at [0, 24]; expected a range within [0, 16]
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [16, 0]}}          | "a" lies at [16, 0]
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [-4, 12]}}         | data_offsets holds -4
            {"a": {"dtype": "F32", "shape": [-4], "data_offsets": [0, 16]}}         | shape holds -4
            {"a": {"dtype": "F32", "shape": [1.5], "data_offsets": [0, 16]}}        | shape holds 1.5
            {"a": {"dtype": "F32", "shape": [4611686018427387904, 8], "data_offsets": [0, 16]}} | more bytes than can be counted
            {"a": {"dtype": "F32", "shape": [99999999999999999999], "data_offsets": [0, 16]}}   | shape holds 99999999999999999999
            {"a": {"dtype": "F4", "shape": [4], "data_offsets": [0, 16]}}           | dtype "F4"
            {"a": {"shape": [4], "data_offsets": [0, 16]}}                          | dtype ""
            {"a": {"dtype": "F32", "data_offsets": [0, 16]}}                        | no list "shape"
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0]}}              | "a" lies at [0]
            {"a": {"dtype": "F32", "shape": [4]}}                                   | no list "data_offsets"
            {"a": 7}                                                                | "a"
            {"a": {"dtype": "F32", "shape": [3], "data_offsets": [4, 16]}}          | "a" leaves a gap before it
            {"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}}          | its tensors end at byte
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}, "b": {"dtype": "U8", "shape": [8], "data_offsets": [8, 16]}} | "b" overlaps
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}, "a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}} | Duplicate field 'a'
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}           | not valid JSON
            {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}} {}       | not valid JSON
            [1]                                                                     | not a JSON object
            """)
    void refusesHeadersThatLie(String header, String problem) throws IOException {
        Path path = file(header, 16);

        assertThatThrownBy(() -> SafetensorsFile.read(path))
                .isInstanceOf(MalformedCheckpointException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"9, 9", "-1, 18446744073709551615", "9223372036854775807, 9223372036854775807"})
    void refusesAHeaderLongerThanTheFile(long announced, String named) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(announced);
        Path path = Files.write(directory.resolve("model.safetensors"), bytes.array());

        assertThatThrownBy(() -> SafetensorsFile.read(path))
                .isInstanceOf(MalformedCheckpointException.class)
                .hasMessageContaining("announces a header of " + named + " bytes; expected at most 8");
    }

    @Test
    void refusesMissingAndTinyFiles() throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.read(directory.resolve("nowhere")))
                .isInstanceOf(MalformedCheckpointException.class)
                .hasMessageContaining("no such file");
        Path tiny = Files.write(directory.resolve("tiny"), new byte[3]);
        assertThatThrownBy(() -> SafetensorsFile.read(tiny)).hasMessageContaining("has 3 bytes");
    }

    @Test
    void damageOfAnyByteIsRefusedOrHarmless() throws IOException {
        Path path = file(
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]},"
                        + "\"b\": {\"dtype\": \"BF16\", \"shape\": [4], \"data_offsets\": [8, 16]}}",
                16);
        byte[] good = Files.readAllBytes(path);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length - 16)] = (byte) random.nextInt(256);
            Files.write(path, bad);
            try {
                SafetensorsFile.read(path).tensors().values().forEach(t -> assertThat(t.offset() + t.bytes())
                        .isLessThanOrEqualTo(bad.length));
            } catch (MalformedCheckpointException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(250);
    }
}
