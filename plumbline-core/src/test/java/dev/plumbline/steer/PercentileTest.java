package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.steer.Percentile.Sense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileTest {

    @Test
    void thePublishedP25IsThe75thAlongTheAxis() {
        Percentile published = Percentile.alongNegatedAxis(25);

        assertThat(published.fraction(Sense.ALONG_AXIS)).isEqualTo(0.75);
        assertThat(published.fraction(Sense.ALONG_NEGATED_AXIS)).isEqualTo(0.25);
        assertThat(published.mirrored()).isEqualTo(Percentile.alongAxis(75));
        assertThat(published.publishedName())
                .isEqualTo("p0.25")
                .isEqualTo(Percentile.alongAxis(75).publishedName())
                .isNotEqualTo(Percentile.alongAxis(25).publishedName());
        assertThat(published).hasToString(Percentile.alongAxis(75).toString());
        assertThat(published.toString()).contains("75 along the axis", "25 along the negated axis");
    }

    @ParameterizedTest
    @CsvSource({"1, p0.01", "25, p0.25", "50, p0.5", "75, p0.75", "0, p0", "100, p1", "0.1, p0.001", "99.9, p0.999"})
    void publishedNamesAreFractionsAlongTheNegatedAxis(double percent, String name) {
        assertThat(Percentile.alongNegatedAxis(percent).publishedName()).isEqualTo(name);
        assertThat(Percentile.alongNegatedAxis(percent).mirrored().publishedName())
                .isEqualTo(name);
        assertThat(Percentile.alongNegatedAxis(percent).mirrored().percent()).isCloseTo(100 - percent, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 101, Double.NaN})
    void refusesWhatIsNoPercentile(double percent) {
        assertThatThrownBy(() -> Percentile.alongAxis(percent)).hasMessageContaining("0 to 100");
    }
}
