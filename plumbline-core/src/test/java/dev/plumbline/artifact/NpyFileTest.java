package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"matrix_f4.npy", "matrix_f8_fortran.npy"})
    void readsWhatNumpyWrites(String name) {
        TensorData matrix = NpyFile.read(Fixtures.file(name));
        assertThat(matrix.shape()).containsExactly(3, 4);
        assertThat(matrix.toFloats()).isEqualTo(Fixtures.counting(12, 0));
    }

    @Test
    void writesTheBytesThatNumpyWrites() {
        Path file = directory.resolve("matrix.npy");
        NpyFile.write(file, TensorData.ofFloats(Fixtures.counting(12, 0), 3, 4));
        assertThat(file).hasSameBinaryContentAs(Fixtures.file("matrix_f4.npy"));
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = "BF16", mode = EnumSource.Mode.EXCLUDE)
    void everyTypeAndRankSurvives(DType dtype) {
        Path file = directory.resolve("any.npy");
        for (long[] shape : new long[][] {{}, {3}, {2, 0}, {1, 2, 2}}) {
            byte[] bytes = new byte[(int) TensorData.numel(shape) * dtype.bytes()];
            Arrays.fill(bytes, (byte) 1);
            TensorData array = new TensorData(dtype, shape, ByteBuffer.wrap(bytes));
            NpyFile.write(file, array);
            assertThat(NpyFile.read(file)).isEqualTo(array);
        }
    }

    @Test
    void refusesBf16() {
        TensorData bf16 = new TensorData(DType.BF16, new long[] {1}, ByteBuffer.allocate(2));
        assertThatThrownBy(() -> NpyFile.write(directory.resolve("x.npy"), bf16))
                .hasMessage("NumPy has no bf16: convert to fp32 before writing .npy");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertMalformed(Files.readAllBytes(Fixtures.file("objects.npy")), "has elements of type '|O'");
        byte[] matrix = Files.readAllBytes(Fixtures.file("matrix_f4.npy"));
        assertMalformed(Arrays.copyOf(matrix, 160), "says it is F32[3, 4] and has 32 bytes of elements");
        assertMalformed(Arrays.copyOf(matrix, 50), "ends within its header");
        assertMalformed(Arrays.copyOf(matrix, 5), "ends within its header");
        assertMalformed(new byte[20], "is not a .npy file");
        assertMalformed(edited(matrix, "(3, 4)", "(3,94)"), "says it is F32[3, 94]");
        assertMalformed(edited(matrix, "(3, 4), }  ", "(3" + "000000, }"), "which is not understood");
        assertMalformed(edited(matrix, "<f4", ">f4"), "has elements of type '>f4'");
    }

    private static byte[] edited(byte[] file, String from, String to) {
        return new String(file, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void assertMalformed(byte[] content, String reason) throws IOException {
        Path file = Files.write(directory.resolve("wrong.npy"), content);
        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }
}
