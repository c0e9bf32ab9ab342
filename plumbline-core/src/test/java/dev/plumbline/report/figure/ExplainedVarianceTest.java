package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainedVarianceTest {

    private final ExplainedVariance figure = new ExplainedVariance("v", List.of(0.5, 0.25, 0.125, 0.0625));

    @Test
    void addsUp() {
        assertThat(figure.cumulative()).containsExactly(0.5, 0.75, 0.875, 0.9375);
    }

    @Test
    void countsComponentsForALevel() {
        assertThat(figure.componentsFor(0.5)).isEqualTo(1);
        assertThat(figure.componentsFor(0.7)).isEqualTo(2);
        assertThat(figure.componentsFor(0.95)).isZero();
    }

    @Test
    void saysWhereALevelIsNotReached() {
        assertThat(figure.levelGuides().stream().map(Guide::label))
                .containsExactly("70\u202f%: 2 PCs", "80\u202f%: 3 PCs", "90\u202f%: 4 PCs", "95\u202f%: not reached");
    }

    @Test
    void showsAsManyComponentsAsMatter() {
        assertThat(figure.componentsShown()).isEqualTo(4);
        assertThat(new ExplainedVariance("v", Collections.nCopies(200, 0.005)).componentsShown())
                .isEqualTo(60);
    }

    @Test
    void refusesPercentages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExplainedVariance("v", List.of(46.0, 14.0)))
                .withMessageContaining("not percentages");
    }
}
