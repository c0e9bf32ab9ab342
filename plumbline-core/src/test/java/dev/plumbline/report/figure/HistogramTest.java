package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {

    @Test
    void everyValueIsInOneBinWithRoundEdges() {
        List<Double> values = new Random(5).doubles(300, -3, 4).boxed().toList();
        Histogram histogram = histogram(values);
        List<Double> edges = histogram.edges();
        List<Integer> counts = histogram.counts(histogram.samples().get(0));
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
        for (int i = 0; i < counts.size(); i++) {
            double low = edges.get(i);
            double high = edges.get(i + 1);
            assertThat((long) counts.get(i))
                    .isEqualTo(values.stream().filter(v -> v >= low && v < high).count());
        }
        assertThat(edges.get(1) - edges.get(0)).isEqualTo(0.5);
    }

    @Test
    void aValueOnAnEdgeBelongsAboveIt() {
        List<Double> whole =
                IntStream.range(0, 30).mapToObj(i -> (double) (i % 3)).toList();
        Histogram histogram = histogram(whole);
        assertThat(histogram.counts(histogram.samples().get(0)).stream().filter(count -> count > 0))
                .containsExactly(10, 10, 10);
    }

    @ParameterizedTest
    @CsvSource({"40, 8, 16", "12, 3, 12", "275, 8, 60"})
    void valuesSpreadEvenlyGetEnoughBins(int n, int fewest, int most) {
        List<Double> values = new Random(6).doubles(n, -25, 25).boxed().toList();

        assertThat(histogram(values).edges()).hasSizeBetween(fewest + 1, most + 1);
    }

    @Test
    void equalValuesShareABin() {
        Histogram histogram = histogram(List.of(2.5, 2.5, 2.5));
        assertThat(histogram.counts(histogram.samples().get(0))).contains(3);
    }

    @Test
    void refusesWhatIsNotANumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> histogram(List.of(1.0, Double.NaN)))
                .withMessageContaining("NaN");
    }

    private static Histogram histogram(List<Double> values) {
        return new Histogram("h", "x", "n", List.of(new Histogram.Sample("s", values)), List.of());
    }
}
