package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.checkpoint.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bf16 as a processor computes it that has no instructions for it, by forbidding oneDNN to use them. */
class WidenedIT {
    private static final String IDS = "5,17,301,44,9,1200,77,3,2,19,640,8";

    @TempDir
    private Path directory;

    @Test
    void aProcessorWithoutBf16FindsTheSameStream() throws Exception {
        float[] exact = lastStream("f32", Map.of());
        float[] usual = lastStream("bf16", Map.of());
        float[] widened = lastStream("bf16", Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"));

        assertThat(distance(widened, exact)).isPositive().isLessThan(1.5 * distance(usual, exact));
    }

    private float[] lastStream(String dtype, Map<String, String> environment) throws Exception {
        Path file = directory.resolve(dtype + environment.size() + ".safetensors");
        PlumbProcess.Result dumped = new PlumbProcess(directory, environment)
                .run("dump", "--model", "nano", "--ids", IDS, "--dtype", dtype, "--out", file.toString());
        assertThat(dumped.exitCode()).as(dumped.err()).isZero();
        StoredTensor tensor = SafetensorsFile.read(file).tensors().get("resid_post.5");
        ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(bytes, tensor.offset());
        }
        FloatBuffer floats = bytes.flip().asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return values;
    }

    /** Root mean square of the difference, as a share of that of the second. */
    private static double distance(float[] a, float[] b) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.pow(a[i] - b[i], 2);
            size += Math.pow(b[i], 2);
        }
        return Math.sqrt(difference / size);
    }
}
