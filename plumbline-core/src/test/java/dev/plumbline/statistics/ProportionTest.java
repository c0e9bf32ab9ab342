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

class ProportionTest {

    record Case(long successes, long n, double low, double high) {}

    static Stream<Case> cases() throws IOException {
        try (InputStream json = Objects.requireNonNull(ProportionTest.class.getResourceAsStream("wilson.json"))) {
            return Stream.of(new ObjectMapper().readValue(json, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithScipy(Case golden) {
        Estimate estimate = Proportion.of(golden.successes(), golden.n());

        assertThat(estimate.value()).isEqualTo((double) golden.successes() / golden.n());
        assertThat(estimate.low()).isCloseTo(golden.low(), within(1e-14));
        assertThat(estimate.high()).isCloseTo(golden.high(), within(1e-14));
        assertThat(estimate.n()).isEqualTo(golden.n());
    }

    @Test
    void refusesWhatIsNoProportion() {
        assertThatThrownBy(() -> Proportion.of(0, 0)).hasMessageContaining("0 cases");
        assertThatThrownBy(() -> Proportion.of(4, 3)).hasMessageContaining("4 successes in 3 cases");
        assertThatThrownBy(() -> Proportion.of(-1, 3)).hasMessageContaining("-1 successes");
    }
}
