package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.statistics.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** Layers 3, 4 and 5; layer 4's axis has length 5. */
    private static final AssistantAxis AXIS =
            new AssistantAxis(LayerVectors.residPost(new int[] {3, 4, 5}, new float[][] {{2, 0}, {3, 4}, {0, -1}}));

    /** 0, 1, …, 100 at the first layer, ten times that at the second, minus that at the third. */
    private static double[][] ramp() {
        return IntStream.rangeClosed(0, 100)
                .mapToObj(i -> new double[] {i, 10 * i, -i})
                .toArray(double[][]::new);
    }

    @Test
    void thresholdsLieAlongTheAxisWhateverWayAPercentileIsNamed() {
        Calibration calibration = Calibration.of(AXIS, ramp());

        assertThat(calibration.threshold(3, Percentile.alongAxis(25))).isEqualTo(25);
        assertThat(calibration.threshold(4, Percentile.alongAxis(25))).isEqualTo(250);
        assertThat(calibration.threshold(5, Percentile.alongAxis(25))).isEqualTo(-75);
        assertThat(calibration.threshold(3, Percentile.alongNegatedAxis(25))).isEqualTo(75);
        assertThat(calibration.floor(4, Percentile.alongNegatedAxis(25))).isEqualTo(Cap.floor(AXIS.at(4), 750));
        assertThat(calibration.floors(new LayerWindow(3, 5), Percentile.alongAxis(50)))
                .containsExactly(Cap.floor(AXIS.at(3), 50), Cap.floor(AXIS.at(4), 500));
    }

    @Test
    void thePublishedFormHasCeilingsOnTheNegatedAxis() {
        CappingConfig config = Calibration.of(AXIS, ramp())
                .config(
                        LayerWindow.sweep(new LayerWindow(3, 6), 1, 2, 3),
                        List.of(Percentile.alongNegatedAxis(25), Percentile.alongNegatedAxis(1)),
                        Map.of("model", "a small one"));

        assertThat(config.experiments())
                .extracting(CappingExperiment::id)
                .containsExactly(
                        "layers_3:5-p0.25",
                        "layers_3:5-p0.01",
                        "layers_4:6-p0.25",
                        "layers_4:6-p0.01",
                        "layers_3:6-p0.25",
                        "layers_3:6-p0.01");
        CappingExperiment experiment = config.experiment("layers_3:5-p0.25");
        assertThat(config.interventions(experiment))
                .containsExactly(
                        Cap.ceiling(AXIS.at(3).negated(), -75),
                        Cap.ceiling(AXIS.at(4).negated(), -750));
        assertThat(config.mirrored(experiment)).containsExactly(Cap.floor(AXIS.at(3), 75), Cap.floor(AXIS.at(4), 750));
        assertThat(config.provenance())
                .containsEntry("model", "a small one")
                .containsEntry("projections per layer", "101")
                .containsEntry("rank error of the percentiles", "0.0")
                .containsEntry("p0.01", Percentile.alongAxis(99).toString());
    }

    @Test
    void thePercentileOfNegatedProjectionsIsTheSameThreshold() {
        // The published thresholds were taken from negated projections; here nothing is negated but the result.
        double[] projections = new Random(3).doubles(997, -5, 20).toArray();
        double[] negated =
                IntStream.range(0, 997).mapToDouble(i -> -projections[i]).toArray();
        AssistantAxis axis = new AssistantAxis(LayerVectors.residPost(new int[] {0}, new float[][] {{1}}));
        Calibration calibration = new Calibration(axis, List.of(Quantiles.exact(projections)));

        for (double percent : new double[] {1, 25, 50, 75}) {
            assertThat(calibration.threshold(0, Percentile.alongNegatedAxis(percent)))
                    .isCloseTo(-Quantiles.exact(negated).at(percent / 100), within(1e-12));
        }
    }

    @Test
    void aStreamedPopulationGivesTheSameThresholdsWithinItsError() {
        Random random = new Random(9);
        ProjectionPopulation first = new ProjectionPopulation(AXIS, 64, 1);
        ProjectionPopulation second = new ProjectionPopulation(AXIS, 64, 2);
        List<double[]> exact = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            float[][] means = new float[3][2];
            for (float[] mean : means) {
                mean[0] = (float) random.nextGaussian();
                mean[1] = (float) random.nextGaussian();
            }
            LayerVectors activations = LayerVectors.residPost(new int[] {3, 4, 5}, means);
            (i % 3 == 0 ? first : second).add(activations);
            exact.add(AXIS.project(activations));
        }
        first.merge(second);

        Calibration sketched = first.calibration();
        Calibration stored = Calibration.of(AXIS, exact.toArray(double[][]::new));
        assertThat(first.count()).isEqualTo(4000);
        double error = 100 * first.rankError() + 0.1;
        assertThat(error).isBetween(0.2, 10.0);
        for (int layer : new int[] {3, 4, 5}) {
            assertThat(sketched.threshold(layer, Percentile.alongAxis(25)))
                    .isBetween(
                            stored.threshold(layer, Percentile.alongAxis(25 - error)),
                            stored.threshold(layer, Percentile.alongAxis(25 + error)));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Calibration.of(AXIS, new double[][] {{1, 2, 3}, {1, 2}}))
                .hasMessageContaining("Row 1 has projections of 2 layers");
        assertThatThrownBy(() -> new Calibration(AXIS, List.of(Quantiles.exact(1))))
                .hasMessageContaining("of 1 layers; the axis has 3");
        assertThatThrownBy(() -> Calibration.of(AXIS, ramp()).threshold(7, Percentile.alongAxis(1)))
                .hasMessageContaining("layer 7")
                .hasMessageContaining("[3, 4, 5]");
        ProjectionPopulation population = new ProjectionPopulation(AXIS, 64, 1);
        AssistantAxis other = new AssistantAxis(LayerVectors.residPost(new int[] {3}, new float[][] {{1, 0}}));
        assertThatThrownBy(() -> population.merge(new ProjectionPopulation(other, 64, 1)))
                .hasMessageContaining("different axes");
    }
}
