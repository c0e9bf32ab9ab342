package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.family.Families;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotations far from the start of a text, against the reference's own (tools/golden/rope.py). */
class RopeTest {

    /**
     * Nothing but the last bit of a cosine differs (2e-7) where every frequency has the reference's bits. On another processor
     * the last bit of a power may: one of them, at position 131,071, shows as 1e-5 to 1e-2, the faster it turns.
     */
    private static final double TOLERANCE = 1e-4;

    private static final Path GOLDEN = directory();

    private static Path directory() {
        try {
            return Path.of(RopeTest.class.getResource("rope.json").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> cases() throws IOException {
        JsonNode cases = new JsonMapper().readTree(Files.readString(GOLDEN.resolve("rope.json")));
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> Arguments.of(c.get("name").asText(), c.get("layer").asInt(), c.get("config")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void turnsAQueryAsTheReferenceDoes(String name, int layer, ObjectNode json) {
        ModelConfig config = Families.config(json);
        SafetensorsFile golden = SafetensorsFile.read(GOLDEN.resolve("rope.safetensors"));
        float[] positions = golden.load("positions").toFloats();
        float[] expected = golden.load("turned." + name).toFloats();

        float[] found = turned(
                (Rotation.Rotary) config.layers().get(layer).rotation(),
                golden.load("query." + name).toFloats(),
                positions);

        assertThat(found).hasSameSizeAs(expected);
        for (int p = 0; p < positions.length; p++) {
            int width = config.heads(layer).width();
            assertThat(difference(found, expected, p * width, (p + 1) * width))
                    .as("largest difference at position %d, as a share of the RMS", (int) positions[p])
                    .isLessThan(TOLERANCE);
        }
    }

    /** A query at each position, as the only token read of a text that ends there: {@code [P, E]}. */
    private static float[] turned(Rotation.Rotary rotation, float[] query, float[] positions) {
        List<Segment> segments = new ArrayList<>();
        for (float position : positions) {
            int start = (int) position;
            segments.add(new Segment(
                    new int[1], 0, new TokenRun(0, SequenceLayout.prompt(start + 1), start, 1, HookPlan.empty())));
        }
        try (TensorScope scope = TensorScope.open()) {
            Tensor at = Tensor.ofInts(segments.stream().mapToInt(Segment::start).toArray(), Device.CPU);
            return new Rope(rotation)
                    .at(at, segments)
                    .apply(Tensor.of(query, 1, 1, query.length)
                            .expand(positions.length, 1, query.length)
                            .contiguous())
                    .toFloats();
        }
    }

    private static double difference(float[] found, float[] expected, int from, int to) {
        double squares = 0;
        double worst = 0;
        for (int i = from; i < to; i++) {
            squares += (double) expected[i] * expected[i];
            worst = Math.max(worst, Math.abs((double) found[i] - expected[i]));
        }
        return worst / Math.sqrt(squares / (to - from));
    }
}
