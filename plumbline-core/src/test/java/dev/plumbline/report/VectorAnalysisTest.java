package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.VectorCollection;
import dev.plumbline.direction.Scaling;
import dev.plumbline.report.VectorAnalysis.Population;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The notebooks' numbers, from files in the published layout, against what {@code published_vectors.py} found. */
class VectorAnalysisTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Offset<Double> CLOSE = within(2e-5);
    private static final int ALL_LABELS = 40;

    private final JsonNode golden = json(Path.of("expected.json"));
    private final VectorAnalysis first = analysis("first");
    private final VectorAnalysis second = analysis("second");

    private static Path published(Path path) {
        URL folder = Objects.requireNonNull(VectorAnalysisTest.class.getResource("published"));
        try {
            return Path.of(folder.toURI()).resolve(path);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(published(file).toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VectorAnalysis analysis(String model) {
        return VectorAnalysis.atTarget(VectorCollection.open(published(Path.of(model))), model);
    }

    private static JsonNode numbers(AnalysisReport report) {
        return JSON.valueToTree(report.numbers());
    }

    @ParameterizedTest
    @CsvSource({"ROLES, MEAN", "ROLES, L2_MEAN", "TRAITS, MEAN", "TRAITS, L2_MEAN"})
    void componentsAreThoseOfScikitLearn(Population population, Scaling scaling) {
        JsonNode expected = golden.path(scaling.id()).path(population.name().toLowerCase(Locale.ROOT));

        JsonNode found = numbers(first.components(population, scaling, ALL_LABELS));

        assertThat(found.path("layer").intValue()).isEqualTo(1);
        assertThat(found.path("components_for")).isEqualTo(expected.path("components_for"));
        assertClose(found.path("pc1_axis_cosine"), expected.path("pc1_axis_cosine"));
        assertFirstClose(found.path("explained_variance_ratio"), expected.path("explained_variance_ratio"));
        assertThat(found.path("scores")).hasSameSizeAs(expected.path("scores"));
        expected.path("scores").properties().forEach(role -> {
            JsonNode scores = found.path("scores").path(role.getKey());
            assertClose(scores.get(0), role.getValue().get(0));
            for (int k = 1; k < role.getValue().size(); k++) {
                assertSameSize(scores.get(k), role.getValue().get(k));
            }
        });
        for (int k = 0; k < expected.path("assistant").size(); k++) {
            assertSameSize(
                    found.path("assistant").get(k), expected.path("assistant").get(k));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cosinesAreThoseOfNumpy(Scaling scaling) {
        JsonNode expected = golden.path(scaling.id()).path("similarity");

        JsonNode found = numbers(first.similarities(scaling, ALL_LABELS));

        expected.properties().forEach(direction -> {
            boolean signed =
                    direction.getKey().equals("axis") || direction.getKey().equals("pc1");
            JsonNode cosines = found.path(direction.getKey());
            for (String population : new String[] {"roles", "traits"}) {
                JsonNode all = direction.getValue().path(population);
                assertThat(cosines.path(population)).hasSameSizeAs(all);
                all.properties().forEach(named -> {
                    JsonNode cosine = cosines.path(population).path(named.getKey());
                    if (signed) {
                        assertClose(cosine, named.getValue());
                    } else {
                        assertSameSize(cosine, named.getValue());
                    }
                });
            }
            assertSameSize(cosines.path("assistant"), direction.getValue().path("assistant"));
        });
    }

    @ParameterizedTest
    @CsvSource({"ROLES, MEAN", "ROLES, L2_MEAN", "TRAITS, MEAN", "TRAITS, L2_MEAN"})
    void twoModelsCorrelateAsInNumpy(Population population, Scaling scaling) {
        JsonNode expected =
                golden.path(scaling.id()).path("compare").path(population.name().toLowerCase(Locale.ROOT));

        JsonNode pairs = numbers(first.compare(second, population, scaling)).path("correlations");

        assertThat(pairs).hasSize(9);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                JsonNode pair = pairs.get(3 * i + j);
                double r = expected.path("r").get(i).get(j).doubleValue();
                double low = expected.path("low").get(i).get(j).doubleValue();
                double high = expected.path("high").get(i).get(j).doubleValue();
                // The sign of PC2 and PC3 is a convention of either program.
                boolean flipped = r * pair.path("r").doubleValue() < 0;
                assertThat(flipped && i == 0 && j == 0).isFalse();
                JsonNode interval = pair.path("interval_95");
                assertThat(pair.path("r").doubleValue()).isCloseTo(flipped ? -r : r, CLOSE);
                assertThat(interval.get(0).doubleValue()).isCloseTo(flipped ? -high : low, CLOSE);
                assertThat(interval.get(1).doubleValue()).isCloseTo(flipped ? -low : high, CLOSE);
            }
        }
    }

    @Test
    void theAxisIsMeasuredAtEveryLayer() {
        JsonNode found = numbers(first.layers());

        assertThat(found.path("target_layer").intValue()).isEqualTo(1);
        assertFirstClose(found.path("norms"), golden.path("layers").path("norms"));
        assertFirstClose(
                found.path("cosines_with_target"), golden.path("layers").path("cosines_with_target"));
    }

    @Test
    void aLayerThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> VectorAnalysis.at(VectorCollection.open(published(Path.of("first"))), 3, "first"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3");
    }

    private static void assertFirstClose(JsonNode found, JsonNode expected) {
        assertThat(expected).isNotEmpty();
        for (int i = 0; i < expected.size(); i++) {
            assertClose(found.get(i), expected.get(i));
        }
    }

    private static void assertClose(JsonNode found, JsonNode expected) {
        assertThat(found.doubleValue()).isCloseTo(expected.doubleValue(), CLOSE);
    }

    private static void assertSameSize(JsonNode found, JsonNode expected) {
        assertThat(Math.abs(found.doubleValue())).isCloseTo(Math.abs(expected.doubleValue()), CLOSE);
    }
}
