package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundStepTest {

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "0.11, 0.2",
        "0.3, 0.5",
        "2.2, 2.5",
        "3, 5",
        "7, 10",
        "10, 10",
        "1234, 2000",
        "0.0007, 0.001"
    })
    void roundsUp(double step, double round) {
        assertThat(RoundStep.atLeast(step)).isEqualTo(round);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "0.11, 0.1", "0.3, 0.25", "2.2, 2", "7, 5", "10, 10", "1234, 1000", "0.0007, 0.0005"})
    void roundsDown(double step, double round) {
        assertThat(RoundStep.atMost(step)).isEqualTo(round);
    }

    @Test
    void roundingErrorsDoNotMoveIt() {
        assertThat(RoundStep.atLeast(0.3 / 3)).isEqualTo(0.1);
        assertThat(RoundStep.atMost(0.1 * 3 / 3)).isEqualTo(0.1);
    }

    @Test
    void refusesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> RoundStep.atLeast(0));
        assertThatIllegalArgumentException().isThrownBy(() -> RoundStep.atLeast(Double.NaN));
    }
}
