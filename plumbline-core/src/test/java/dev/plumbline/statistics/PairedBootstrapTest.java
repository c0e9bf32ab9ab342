package dev.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(1000, 17);

    @Test
    void aDifferenceThatIsTheSameInEveryCaseIsCertain() {
        Estimate estimate = BOOTSTRAP.difference(new double[] {1, 20, 300}, new double[] {3, 22, 302});

        assertThat(estimate.value()).isCloseTo(2, within(1e-12));
        assertThat(estimate.low()).isCloseTo(2, within(1e-12));
        assertThat(estimate.high()).isCloseTo(2, within(1e-12));
        assertThat(estimate.n()).isEqualTo(3);
        assertThat(estimate.excludesZero()).isTrue();
    }

    @Test
    void relativeChangeIsOfTheBaseline() {
        Estimate estimate = BOOTSTRAP.relativeChange(new double[] {1, 4, 2, 1}, new double[] {0.5, 2, 1, 0.5});

        assertThat(estimate.value()).isEqualTo(-0.5);
        assertThat(estimate.low()).isEqualTo(-0.5);
    }

    @Test
    void intervalsHoldTheTrueDifferenceAboutAsOftenAsTheySay() {
        Random random = new Random(4);
        int held = 0;
        int studies = 300;
        for (int study = 0; study < studies; study++) {
            double[] baseline = new double[40];
            double[] treatment = new double[40];
            for (int i = 0; i < baseline.length; i++) {
                double difficulty = 10 * random.nextGaussian();
                baseline[i] = difficulty + random.nextGaussian();
                treatment[i] = difficulty + random.nextGaussian() + 0.5;
            }
            Estimate estimate = new PairedBootstrap(400, study).difference(baseline, treatment);
            held += estimate.low() <= 0.5 && estimate.high() >= 0.5 ? 1 : 0;
            // Cases differ by 10 each way; that an unpaired comparison would have to carry.
            assertThat(estimate.high() - estimate.low()).isLessThan(2);
        }
        assertThat((double) held / studies).isBetween(0.90, 0.98);
    }

    @Test
    void theSeedFixesTheInterval() {
        double[] baseline = new Random(1).doubles(30).toArray();
        double[] treatment = new Random(2).doubles(30).toArray();

        assertThat(new PairedBootstrap(1000, 17).difference(baseline, treatment))
                .isEqualTo(BOOTSTRAP.difference(baseline, treatment))
                .isNotEqualTo(new PairedBootstrap(1000, 18).difference(baseline, treatment));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> BOOTSTRAP.difference(new double[2], new double[3]))
                .hasMessageContaining("2 baseline values with 3");
        assertThatThrownBy(() -> BOOTSTRAP.difference(new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BOOTSTRAP.relativeChange(new double[] {0, 1}, new double[] {1, 1}))
                .hasMessageContaining("mean of 0");
        assertThatThrownBy(() -> BOOTSTRAP.difference(new double[] {Double.NaN}, new double[] {1}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new PairedBootstrap(0, 1)).hasMessageContaining("at least 1");
    }
}
