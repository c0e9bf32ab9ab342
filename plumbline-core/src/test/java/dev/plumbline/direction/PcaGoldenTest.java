package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against scikit-learn, on what {@code tools/golden/directions.py} wrote. */
class PcaGoldenTest {

    private static final Offset<Double> CLOSE = within(1e-5);

    @SuppressWarnings("ArrayRecordComponent")
    record Case(
            String name,
            float[][] rows,
            int rank,
            double[] explainedVariance,
            double[] explainedVarianceRatio,
            double[][] components,
            double[][] scores,
            Map<String, Integer> needed,
            double[][] cosines,
            double[][] centredCosines) {

        List<float[]> vectors() {
            return List.of(rows);
        }

        List<String> names() {
            return IntStream.range(0, rows.length).mapToObj(i -> "row " + i).toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream json = Objects.requireNonNull(PcaGoldenTest.class.getResourceAsStream("pca.json"))) {
            return Stream.of(new ObjectMapper().readValue(json, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatScikitLearnFinds(Case golden) {
        Pca pca = Pca.fit(golden.vectors());

        assertThat(pca.size()).isEqualTo(golden.rank());
        double scale = golden.explainedVariance()[0];
        for (int k = 0; k < golden.rank(); k++) {
            assertThat(pca.explainedVariance()[k] / scale).isCloseTo(golden.explainedVariance()[k] / scale, CLOSE);
            assertThat(pca.explainedVarianceRatio()[k]).isCloseTo(golden.explainedVarianceRatio()[k], CLOSE);
            // The sign of a component is a convention; ours is checked elsewhere.
            double sign = Math.signum(Vectors.dot(pca.component(k), golden.components()[k]));
            for (int j = 0; j < golden.components()[k].length; j++) {
                assertThat(sign * pca.component(k)[j]).isCloseTo(golden.components()[k][j], CLOSE);
            }
            for (int i = 0; i < golden.rows().length; i++) {
                assertThat(sign * pca.scores()[i][k]).isCloseTo(golden.scores()[i][k], CLOSE);
                assertThat(pca.transform(golden.rows()[i])[k]).isCloseTo(pca.scores()[i][k], within(1e-9));
            }
        }
        golden.needed().forEach((fraction, n) -> assertThat(pca.componentsFor(Double.parseDouble(fraction)))
                .as(fraction)
                .hasValue(n));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheCosinesThatScikitLearnFinds(Case golden) {
        assertClose(CosineMatrix.of(golden.names(), golden.vectors()).values(), golden.cosines());
        assertClose(CosineMatrix.centred(golden.names(), golden.vectors()).values(), golden.centredCosines());
    }

    private static void assertClose(double[][] found, double[][] expected) {
        assertThat(found).hasDimensions(expected.length, expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).containsExactly(expected[i], CLOSE);
        }
    }
}
