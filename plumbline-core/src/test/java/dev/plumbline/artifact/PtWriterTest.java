package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtWriterTest {

    @TempDir
    Path directory;

    private static PtTensor counting(DType dtype, long... shape) {
        int n = (int) TensorData.numel(shape);
        ByteBuffer bytes = ByteBuffer.allocate(n * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            switch (dtype) {
                case F64 -> bytes.putDouble(i);
                case F32 -> bytes.putFloat(i);
                case BF16 -> bytes.putShort((short) (Float.floatToIntBits(i) >>> 16));
                case F16 -> bytes.putShort((short) new int[] {0, 0x3c00, 0x4000, 0x4200, 0x4400, 0x4500}[i]);
                case I64 -> bytes.putLong(i);
                default -> throw new AssertionError(dtype);
            }
        }
        return PtTensor.of(new TensorData(dtype, shape, bytes.flip()));
    }

    /** Everything that is written somewhere; {@code tools/golden/check_artifacts.py} knows it too. */
    private static PtValue everything() {
        Map<String, PtValue> root = new LinkedHashMap<>();
        for (DType dtype : List.of(DType.F32, DType.BF16, DType.F16, DType.F64, DType.I64)) {
            root.put(dtype.name(), counting(dtype, 2, 3));
        }
        root.put("scalar", counting(DType.F32));
        root.put("empty", counting(DType.F32, 0, 3));
        root.put("text", new PtValue.Text("naïve ☃"));
        root.put(
                "list",
                new PtValue.Sequence(List.of(
                        new PtValue.Int(0),
                        new PtValue.Int(255),
                        new PtValue.Int(256),
                        new PtValue.Int(-1),
                        new PtValue.Int(1L << 40),
                        new PtValue.Real(-32.5),
                        new PtValue.Bool(true),
                        new PtValue.Bool(false),
                        new PtValue.None(),
                        new PtValue.Sequence(List.of()))));
        root.put(
                "nested",
                new PtValue.Dict(Map.of(new PtValue.Int(3), PtValue.Dict.of(Map.of("t", counting(DType.F32, 1))))));
        return PtValue.Dict.of(root);
    }

    /** The stored bytes were loaded by torch before they were committed. */
    @Test
    void writesTheBytesThatTorchWasSeenToLoad() throws IOException {
        Path written = directory.resolve("anything.pt");
        PtWriter.write(written, everything());
        assertThat(Files.readAllBytes(written)).isEqualTo(Files.readAllBytes(Fixtures.file("written_by_plumbline.pt")));
    }

    @Test
    void readsBackWhatItWrote() {
        Path written = directory.resolve("again.pt");
        PtWriter.write(written, everything());
        try (PtFile file = PtFile.open(written)) {
            assertSame(everything(), file.root());
            Path copied = directory.resolve("copied.pt");
            PtWriter.write(copied, file.root());
            assertThat(copied).hasSameBinaryContentAs(written);
        }
    }

    private static void assertSame(PtValue expected, PtValue actual) {
        if (expected instanceof PtTensor tensor) {
            assertThat(((PtTensor) actual).data()).isEqualTo(tensor.data());
        } else if (expected instanceof PtValue.Dict dict) {
            Map<PtValue.Key, PtValue> entries = ((PtValue.Dict) actual).entries();
            assertThat(entries.keySet())
                    .containsExactlyElementsOf(dict.entries().keySet());
            dict.entries().forEach((key, value) -> assertSame(value, entries.get(key)));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void alignsEveryEntryTo64BytesAsTorchDoes() throws IOException {
        Path written = directory.resolve("aligned.pt");
        PtWriter.write(written, everything());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(written)).order(ByteOrder.LITTLE_ENDIAN);
        int entries = 0;
        for (int at = 0; bytes.getInt(at) == 0x04034b50; entries++) {
            int data = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
            assertThat(data % 64).as("entry %d", entries).isZero();
            at = data + bytes.getInt(at + 18);
        }
        assertThat(entries).isEqualTo(11);
    }

    @Test
    void aTensorThatIsNotWhatWasAnnouncedLeavesNoFile() {
        Path written = directory.resolve("never.pt");
        PtTensor liar = PtTensor.deferred(DType.F32, new long[] {2}, () -> TensorData.ofFloats(new float[3], 3));
        assertThatThrownBy(() -> PtWriter.write(written, liar))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Tensor announced as F32[2] came as F32[3]");
        assertThat(directory).isEmptyDirectory();
    }

    /** More entries than 16 bits count need the zip64 directory. */
    @Test
    void writesAndReadsAZip64Directory() throws IOException {
        Path written = directory.resolve("many.zip");
        int n = 70_000;
        AtomicFile.write(written, out -> {
            ZipWriter zip = new ZipWriter(out);
            for (int i = 0; i < n; i++) {
                zip.add("e" + i, ByteBuffer.wrap(new byte[] {(byte) i}));
            }
            zip.finish();
        });
        try (ZipContainer ours = ZipContainer.open(written);
                ZipFile theirs = new ZipFile(written.toFile())) {
            assertThat(ours.names()).hasSize(n);
            assertThat(theirs.size()).isEqualTo(n);
            assertThat(ours.read(ours.entry("e69999").orElseThrow()).get()).isEqualTo((byte) 69_999);
            Enumeration<? extends java.util.zip.ZipEntry> entries = theirs.entries();
            assertThat(entries.nextElement().getName()).isEqualTo("e0");
        }
    }
}
