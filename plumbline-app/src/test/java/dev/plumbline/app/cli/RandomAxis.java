package dev.plumbline.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.AxisFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.nano.NanoModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** An axis for the bundled organism where any will do: what is tested is the way of the numbers, not what they say. */
final class RandomAxis {
    private RandomAxis() {}

    static void write(Path file) throws IOException {
        JsonNode config = new ObjectMapper()
                .readTree(NanoModel.directory().resolve("config.json").toFile());
        int layers = config.path("num_hidden_layers").intValue();
        float[][] rows = new float[layers][config.path("hidden_size").intValue()];
        SplittableRandom random = new SplittableRandom(2);
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        AxisFile.write(
                file,
                new AssistantAxis(
                        LayerVectors.residPost(IntStream.range(0, layers).toArray(), rows)));
    }
}
