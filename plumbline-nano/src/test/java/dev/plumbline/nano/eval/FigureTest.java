package dev.plumbline.nano.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FigureTest {

    /** Wilson's interval for 45 of 50, by hand. */
    @Test
    void proportionsHaveWilsonIntervals() {
        Figure figure = Figure.proportion("x", 45, 50);
        assertThat(figure.value()).isEqualTo(0.9);
        assertThat(figure.low()).isCloseTo(0.7864, within(1e-4));
        assertThat(figure.high()).isCloseTo(0.9565, within(1e-4));
        assertThat(Figure.proportion("x", 0, 20).low()).isZero();
        assertThat(Figure.proportion("x", 20, 20).high()).isEqualTo(1);
        assertThat(Figure.proportion("x", 0, 0).value()).isNaN();
    }

    @Test
    void meansHaveBootstrapIntervalsAroundThem() {
        double[] values = new double[400];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2;
        }
        Figure figure = Figure.mean("x", values);
        assertThat(figure.value()).isEqualTo(0.5);
        assertThat(figure.low()).isBetween(0.43, 0.47);
        assertThat(figure.high()).isBetween(0.53, 0.57);
        assertThat(Figure.mean("x", values)).isEqualTo(figure);
    }

    @Test
    void componentsOfAPlaneAreFound() {
        double[][] vectors = {{3, 1, 5}, {-3, 1, 5}, {3, -1, 5}, {-3, -1, 5}};
        PrincipalComponents pca = PrincipalComponents.of(vectors, 2);
        assertThat(pca.ratios()[0]).isCloseTo(0.9, within(1e-9));
        assertThat(pca.ratios()[1]).isCloseTo(0.1, within(1e-9));
        assertThat(Math.abs(pca.components()[0][0])).isCloseTo(1, within(1e-9));
        assertThat(Math.abs(pca.scores()[0][1])).isCloseTo(1, within(1e-9));
    }
}
