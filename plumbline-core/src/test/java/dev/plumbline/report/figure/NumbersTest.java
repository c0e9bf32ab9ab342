package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.48214, 0.482", "12.345, 12.3", "-1204.4, −1204", "0.000012, 0.000012", "-0.5, −0.500"})
    void briefKeepsThreeDigits(double value, String text) {
        assertThat(Numbers.brief(value)).isEqualTo(text);
    }

    @Test
    void whatRoundsToNothingHasNoSign() {
        assertThat(Numbers.fixed(-0.0004, 2)).isEqualTo("0.00");
    }

    @Test
    void percentagesAreSharesOfOne() {
        assertThat(Numbers.percent(0.8312, 1)).isEqualTo("83.1\u202f%");
    }
}
