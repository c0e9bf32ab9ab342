package dev.plumbline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to exhaust or mislead a reader. Each ends in a sentence, and none in memory that the file did not pay for. */
class HostilePtFileTest {

    private static final PickleStorages TWO_BYTES = (key, bytes) -> new PickleStorages.Storage() {
        @Override
        public long bytes() {
            return 8;
        }

        @Override
        public TensorData read(StridedView view) {
            throw new AssertionError("never read");
        }
    };

    /** Assembles a pickle. */
    private static final class Code {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Code() {
            op(0x80).op(2);
        }

        Code op(int... opcodes) {
            for (int opcode : opcodes) {
                bytes.write(opcode);
            }
            return this;
        }

        Code ascii(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Code text(String text) {
            return op('X').int32(text.length()).ascii(text);
        }

        Code int32(int value) {
            bytes.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }

        Code int64(long value) {
            bytes.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
            return this;
        }

        Code whole(long value) {
            return op(0x8a, 8).int64(value);
        }

        PtValue run() {
            return PickleInterpreter.read(ByteBuffer.wrap(bytes.toByteArray()), TWO_BYTES);
        }

        void isRefused(String reason) {
            assertThatThrownBy(this::run).isInstanceOf(PickleException.class).hasMessageContaining(reason);
        }

        /** A tensor over a storage of two floats. */
        Code tensor(long offset, long size, long stride) {
            ascii("ctorch._utils\n_rebuild_tensor_v2\n").op('(');
            op('(').text("storage")
                    .ascii("ctorch\nFloatStorage\n")
                    .text("0")
                    .text("cpu")
                    .op('K', 2, 't', 'Q');
            whole(offset).whole(size).op(0x85).whole(stride).op(0x85).op(0x89).op('}', 't', 'R');
            return this;
        }
    }

    @Nested
    class Pickles {

        @Test
        void lengthsBeyondTheEnd() {
            new Code().op('X').int32(-1).isRefused("at byte 2: 4294967295 bytes are announced and 0 are left");
            new Code().op(0x8d).int64(1L << 40).isRefused("1099511627776 bytes are announced");
            new Code().op(0x8d).int64(-1).isRefused("18446744073709551615 bytes are announced");
            new Code().op('B').int32(Integer.MAX_VALUE).isRefused("2147483647 bytes are announced");
            new Code().op(0x8a, 200).isRefused("a whole number of 200 bytes");
            new Code().op('c').ascii("no line end").isRefused("1 bytes are announced and 0 are left");
        }

        @Test
        void stackUnderflow() {
            new Code().op('.').isRefused("the stack is empty");
            new Code().op('t').isRefused("there is no mark");
            new Code().op(0x87).isRefused("the stack is empty");
            new Code().op('(', ']', '1', '.').isRefused("the stack is empty");
            new Code().op(']', 'a').isRefused("the stack is empty");
        }

        @Test
        void memoOfHugeOrUnknownIndex() {
            assertThat(new Code().op('N', 'r').int32(-1).op('.').run()).isEqualTo(new PtValue.None());
            new Code()
                    .op('j')
                    .int32(Integer.MAX_VALUE)
                    .isRefused("recalls item 2147483647, which was never remembered");
        }

        @Test
        void deepNesting() {
            Code lists = new Code();
            for (int i = 0; i < 200_000; i++) {
                lists.op(']');
            }
            for (int i = 1; i < 200_000; i++) {
                lists.op('a');
            }
            lists.op('.').isRefused("nested more than 100 deep");
        }

        @Test
        void collectionsThatHoldThemselves() {
            new Code().op(']', 'q', 0, 'h', 0, 'a', '.').isRefused("or hold themselves");
            new Code().op('}', 'q', 0).text("me").op('h', 0, 's', '.').isRefused("or hold themselves");
        }

        /** Each level holds the one below twice: 2^60 leaves, in 60 lists. */
        @Test
        void sharedLevelsAreVisitedOnce() {
            Code laughs = new Code().op(']');
            for (int i = 0; i < 60; i++) {
                laughs.op('2', 0x86);
            }
            PtValue value = laughs.op('.').run();
            int depth = 0;
            while (value instanceof PtValue.Sequence level && !level.items().isEmpty()) {
                assertThat(level.items().get(0)).isSameAs(level.items().get(1));
                value = level.items().get(0);
                depth++;
            }
            assertThat(depth).isEqualTo(60);
        }

        @Test
        void keysThatAreCollections() {
            new Code().op('}', ']', 'q', 0, 'N', 's').isRefused("a dict key that is a ArrayList");
            new Code().op('}', '(', 'K', 1, 'u').isRefused("1 keys and values");
        }

        @Test
        void importsAndCallsOfOtherThings() {
            new Code().ascii("cbuiltins\neval\n").isRefused("refused to import 'builtins.eval'");
            new Code().text("os").text("system").op(0x93).isRefused("refused to import 'os.system'");
            new Code().ascii("ccollections\nOrderedDict\n").op('.').isRefused("found a Function where a value belongs");
            new Code().text("x").op(')', 'R').isRefused("found a String where a Function belongs");
            new Code()
                    .ascii("ccollections\nOrderedDict\n")
                    .op('K', 1, 0x85, 'R')
                    .isRefused("called with 1 arguments");
            new Code().op(']', 'N', 'b').isRefused("state for a ArrayList, which has none");
            new Code().op(0x81).isRefused("instruction 0x81, which plain data does not need");
            new Code().ascii("iposix\nsystem\n").isRefused("instruction 0x69");
            new Code().op('K', 1, 'Q').isRefused("a reference to something other than a storage");
        }

        @Test
        void otherProtocols() {
            new Code().op(0x80, 9).isRefused("pickle protocol 9; 2 to 5 are read");
        }

        @Test
        void viewsOutsideTheirStorage() {
            assertThat(new Code().tensor(0, 2, 1).op('.').run()).isInstanceOf(PtTensor.class);
            new Code()
                    .tensor(1, 2, 1)
                    .isRefused("shape [2], stride [1], offset 1 in a storage of 2 elements: it reaches");
            new Code().tensor(-1, 1, 1).isRefused("offset -1");
            new Code().tensor(Long.MAX_VALUE, 1, 1).isRefused("offset 9223372036854775807");
            new Code().tensor(0, -1, 1).isRefused("shape [-1]");
            new Code().tensor(1, 2, -1).isRefused("stride [-1]");
            new Code().tensor(0, Long.MAX_VALUE, Long.MAX_VALUE).isRefused("shape [9223372036854775807]");
            new Code().tensor(0, 1L << 62, 0).isRefused("it repeats elements");
        }

        @Test
        void storageOfImpossibleSize() {
            Code code = new Code()
                    .op('(')
                    .text("storage")
                    .ascii("ctorch\nFloatStorage\n")
                    .text("0")
                    .text("cpu");
            code.whole(1L << 62).op('t', 'Q').isRefused("storage '0' of 4611686018427387904 elements");
        }
    }

    @Nested
    class Containers {

        @TempDir
        Path directory;

        private Path rewritten(Consumer<ByteBuffer> change) throws IOException {
            byte[] bytes = Files.readAllBytes(Fixtures.file("deflated.pt"));
            change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            return Files.write(directory.resolve("rewritten.pt"), bytes);
        }

        private static int end(ByteBuffer zip) {
            return zip.capacity() - 22;
        }

        private static int directoryOf(ByteBuffer zip) {
            return zip.getInt(end(zip) + 16);
        }

        /** Position of the second entry in the directory. */
        private static int second(ByteBuffer zip) {
            int first = directoryOf(zip);
            return first + 46 + zip.getShort(first + 28) + zip.getShort(first + 30);
        }

        private void isRefused(Path file, String reason) {
            assertThatThrownBy(() -> {
                        try (PtFile opened = PtFile.open(file)) {
                            ((PtTensor) opened.root()).data();
                        }
                    })
                    .isInstanceOf(MalformedArtifactException.class)
                    .hasMessageContaining(reason);
        }

        @Test
        void directoryBeyondTheFile() throws IOException {
            isRefused(rewritten(zip -> zip.putInt(end(zip) + 16, 0x7fffffff)), "does not fit before byte");
            isRefused(rewritten(zip -> zip.putInt(end(zip) + 12, 0x7fffffff)), "does not fit before byte");
            isRefused(rewritten(zip -> zip.putShort(end(zip) + 10, (short) 0x7fff)), "32767 entries in");
            isRefused(rewritten(zip -> zip.putShort(end(zip) + 10, (short) 0xffff)), "needs a zip64 directory");
        }

        @Test
        void entriesThatOverlapOrRepeat() throws IOException {
            isRefused(rewritten(zip -> zip.putInt(second(zip) + 42, 0)), "overlap");
            isRefused(
                    rewritten(zip -> {
                        int name = second(zip) + 46;
                        zip.putShort(second(zip) + 28, (short) "axis_raw/data.pkl".length());
                        zip.putShort(second(zip) + 30, (short)
                                ("axis_raw/.format_version".length() - "axis_raw/data.pkl".length()));
                        zip.put(name, "axis_raw/data.pkl".getBytes(StandardCharsets.US_ASCII));
                    }),
                    "has two entries named 'axis_raw/data.pkl'");
        }

        @Test
        void sizesThatLie() throws IOException {
            isRefused(
                    rewritten(zip -> zip.putInt(directoryOf(zip) + 24, 1 << 20)),
                    "does not inflate to the 1048576 bytes");
            isRefused(rewritten(zip -> zip.putInt(directoryOf(zip) + 24, 9)), "does not inflate to the 9 bytes");
            isRefused(
                    rewritten(zip -> zip.putInt(directoryOf(zip) + 24, 0x7fffffff)), "its pickle has 2147483647 bytes");
            isRefused(rewritten(zip -> zip.putInt(directoryOf(zip) + 20, 0x7fffffff)), "does not fit before byte");
            isRefused(rewritten(zip -> zip.putInt(directoryOf(zip) + 24, -1)), "lacks its zip64 sizes");
            isRefused(rewritten(zip -> zip.putInt(0, 0)), "no entry begins at byte 0");
            isRefused(rewritten(zip -> zip.putShort(28, (short) 0xffff)), "runs past byte");
            isRefused(rewritten(zip -> zip.putShort(directoryOf(zip) + 10, (short) 12)), "compressed by method 12");
            isRefused(rewritten(zip -> zip.putInt(directoryOf(zip) + 16, 1)), "has checksum");
            isRefused(rewritten(zip -> zip.putInt(directoryOf(zip), 0)), "corrupt directory, 0 bytes into it");
        }

        @Test
        void aBombIsNotInflated() throws IOException {
            Path bomb = directory.resolve("bomb.pt");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
                zip.putNextEntry(new java.util.zip.ZipEntry("a/data.pkl"));
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 16; i++) {
                    zip.write(zeros);
                }
            }
            isRefused(bomb, "its pickle has 16777216 bytes; at most 8388608 are read");
        }

        @Test
        void otherZipFiles() throws IOException {
            Path other = directory.resolve("other.pt");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
                zip.putNextEntry(new java.util.zip.ZipEntry("readme"));
            }
            isRefused(other, "is a zip file, but not one of torch.save: it has 0 entries named <archive>/data.pkl");
        }
    }
}
