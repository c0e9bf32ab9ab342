package dev.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantilesTest {

    @SuppressWarnings("ArrayRecordComponent")
    record Case(String name, double[] values, double[] fractions, double[] expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream json = Objects.requireNonNull(QuantilesTest.class.getResourceAsStream("quantiles.json"))) {
            return Stream.of(new ObjectMapper().readValue(json, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithNumpyExactly(Case golden) {
        Quantiles quantiles = Quantiles.exact(golden.values());

        for (int i = 0; i < golden.fractions().length; i++) {
            double ulp = Math.ulp(golden.expected()[i]);
            assertThat(quantiles.at(golden.fractions()[i])).isCloseTo(golden.expected()[i], within(ulp));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSketchThatIsNotFullGivesTheSame(Case golden) {
        QuantileSketch sketch = new QuantileSketch(256, 1);
        for (double value : golden.values()) {
            sketch.add(value);
        }

        Quantiles exact = Quantiles.exact(golden.values());
        assertThat(sketch.rankError()).isZero();
        for (double fraction : golden.fractions()) {
            assertThat(sketch.at(fraction)).isEqualTo(exact.at(fraction));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void refusesAFractionThatIsNone(double fraction) {
        assertThatThrownBy(() -> Quantiles.exact(1, 2).at(fraction))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(fraction));
    }

    @Test
    void refusesWhatHasNoQuantiles() {
        assertThatThrownBy(Quantiles::exact).hasMessageContaining("No values");
        assertThatThrownBy(() -> Quantiles.exact(1, Double.NaN)).hasMessageContaining("not finite");
        assertThatThrownBy(() -> Quantiles.exact(Double.NEGATIVE_INFINITY, 1)).hasMessageContaining("not finite");
    }
}
