package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureChecksTest {

    @Test
    void aHeatmapIsSquare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Heatmap.centredCosine("h", List.of("a", "b"), new double[][] {{1, 0}}))
                .withMessageContaining("1 rows; expected 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Heatmap.centredCosine("h", List.of("a"), new double[][] {{1, 0}}))
                .withMessageContaining("2 columns; expected 1");
    }

    @Test
    void aHeatmapNamesEachOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Heatmap.centredCosine("h", List.of("ghost", "ghost"), new double[][] {{1, 0}, {0, 1}}))
                .withMessageContaining("ghost");
    }

    @Test
    void aHeatmapKeepsItsOwnValues() {
        double[][] values = {{1}};
        Heatmap heatmap = Heatmap.centredCosine("h", List.of("a"), values);
        values[0][0] = 9;
        heatmap.values()[0][0] = 9;
        assertThat(heatmap.value(0, 0)).isEqualTo(1);
    }

    @Test
    void rawCosinesSpanWhatOccurs() {
        Heatmap heatmap = Heatmap.rawCosine("h", List.of("a", "b"), new double[][] {{1, 0.93}, {0.93, 1}});
        assertThat(heatmap.low()).isEqualTo(0.93);
        assertThat(heatmap.scale()).isEqualTo(ColourScale.SEQUENTIAL);
    }

    @Test
    void aSeriesRunsForward() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new LineChart.Series("s", List.of(1.0, 1.0), List.of(Estimate.exact(0), Estimate.exact(0))))
                .withMessageContaining("increasing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LineChart.Series("s", List.of(1.0, 2.0), List.of(Estimate.exact(0))))
                .withMessageContaining("1 values of y; expected 2");
    }

    @Test
    void anEstimateLiesInItsInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Estimate(0.5, 0.6, 0.7))
                .withMessageContaining("low ≤ value ≤ high");
        assertThat(Estimate.exact(2).hasInterval()).isFalse();
    }

    @Test
    void everyGroupHasABarForEveryCategory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupedBars(
                        "g",
                        "y",
                        "95 %",
                        List.of("a", "b"),
                        List.of(new GroupedBars.Group("x", List.of(Estimate.exact(1))))))
                .withMessageContaining("1 bars in group \"x\"; expected 2");
    }

    @Test
    void spaceNeedsThreeCoordinates() {
        PersonaPoint flat = new PersonaPoint("ghost", PersonaGroup.ROLE, List.of(1.0, 2.0), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scatter3d("s", "x", "y", "z", "p", List.of(flat)))
                .withMessageContaining("ghost")
                .withMessageContaining("at least 3");
    }

    @Test
    void nothingIsNoFigure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AxisLine("a", "v", "low", "high", List.of()))
                .withMessageContaining("no entries");
    }

    @Test
    void manyPersonasKeepTheNamesOfTheExtremesAndTheDefault() {
        List<AxisLine.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            PersonaGroup group = i == 150 ? PersonaGroup.DEFAULT : PersonaGroup.ROLE;
            entries.add(new AxisLine.Entry("role " + i, group, i));
        }
        List<AxisLine.Entry> labelled = new AxisLine("a", "v", "low", "high", entries).labelled();
        assertThat(labelled).hasSize(65);
        assertThat(labelled.get(0).name()).isEqualTo("role 299");
        assertThat(labelled.get(32).name()).isEqualTo("role 150");
        assertThat(labelled.get(64).name()).isEqualTo("role 0");
    }
}
