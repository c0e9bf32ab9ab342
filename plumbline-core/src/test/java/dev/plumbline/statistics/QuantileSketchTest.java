package dev.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuantileSketchTest {

    private static final double[] FRACTIONS = {0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999};

    private static double[] stream(int n, long seed, DoubleUnaryOperator shape) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(n).map(shape).toArray();
    }

    private static QuantileSketch sketch(double[] values, int from, int to, int size, long seed) {
        QuantileSketch sketch = new QuantileSketch(size, seed);
        for (int i = from; i < to; i++) {
            sketch.add(values[i]);
        }
        return sketch;
    }

    /** How far the ranks that a value has among all values are from the fraction that was asked for. */
    private static double rankError(double[] sorted, double value, double fraction) {
        int below = 0;
        int upTo = sorted.length;
        int found = Arrays.binarySearch(sorted, value);
        if (found < 0) {
            below = -found - 1;
            upTo = below;
        } else {
            below = found;
            upTo = found + 1;
            while (below > 0 && sorted[below - 1] == value) {
                below--;
            }
            while (upTo < sorted.length && sorted[upTo] == value) {
                upTo++;
            }
        }
        double rank = fraction * sorted.length;
        return Math.max(0, Math.max(below - rank, rank - upTo)) / sorted.length;
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("uniform", (DoubleUnaryOperator) u -> u),
                Arguments.of("heavy tails", (DoubleUnaryOperator) u -> Math.tan(Math.PI * (u - 0.5))),
                Arguments.of("few values", (DoubleUnaryOperator) u -> Math.floor(5 * u)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void staysWithinItsBoundWholeOrMerged(String name, DoubleUnaryOperator shape) {
        int n = 20_000;
        int outside = 0;
        int asked = 0;
        for (int seed = 0; seed < 20; seed++) {
            double[] values = stream(n, seed, shape);
            QuantileSketch whole = sketch(values, 0, n, 100, seed);
            QuantileSketch merged = sketch(values, 0, n / 3, 100, seed + 100);
            merged.merge(sketch(values, n / 3, n / 2, 100, seed + 200));
            merged.merge(sketch(values, n / 2, n, 100, seed + 300));
            Arrays.sort(values);
            for (QuantileSketch sketch : new QuantileSketch[] {whole, merged}) {
                assertThat(sketch.count()).isEqualTo(n);
                assertThat(sketch.at(0)).isEqualTo(values[0]);
                assertThat(sketch.at(1)).isEqualTo(values[n - 1]);
                assertThat(sketch.rankError()).isBetween(0.005, 0.06);
                for (double fraction : FRACTIONS) {
                    asked++;
                    outside += rankError(values, sketch.at(fraction), fraction) > sketch.rankError() + 1.0 / n ? 1 : 0;
                }
            }
        }
        // 1 % may lie outside; the inequality behind the bound is not tight, so hardly any does.
        assertThat(outside).isLessThanOrEqualTo(asked / 100);
    }

    @Test
    void sortedStreamsAreNoHarder() {
        double[] values = stream(50_000, 5, u -> u);
        Arrays.sort(values);
        QuantileSketch sketch = sketch(values, 0, values.length, 200, 9);
        for (double fraction : FRACTIONS) {
            assertThat(rankError(values, sketch.at(fraction), fraction)).isLessThan(sketch.rankError());
        }
    }

    @Test
    void theDefaultSizeKeepsHalfAPercentForAMillionValues() {
        QuantileSketch sketch = new QuantileSketch(QuantileSketch.DEFAULT_SIZE, 3);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1_000_000; i++) {
            sketch.add(random.nextDouble());
        }
        assertThat(sketch.rankError()).isLessThan(0.005);
        assertThat(sketch.retained()).isLessThan(4 * QuantileSketch.DEFAULT_SIZE);
        assertThat(Math.abs(sketch.at(0.25) - 0.25)).isLessThan(0.005);
    }

    @Test
    void memoryGrowsWithTheLogarithmOnly() {
        QuantileSketch sketch = new QuantileSketch(64, 3);
        int most = 0;
        for (int i = 0; i < 300_000; i++) {
            sketch.add(i);
            most = Math.max(most, sketch.retained());
        }
        assertThat(most).isLessThan(3 * 64 + 8 * 20);
    }

    @Test
    void theSameSeedGivesTheSameSketch() {
        double[] values = stream(30_000, 1, u -> u);
        QuantileSketch first = sketch(values, 0, values.length, 50, 7);
        QuantileSketch second = sketch(values, 0, values.length, 50, 7);
        QuantileSketch other = sketch(values, 0, values.length, 50, 8);

        assertThat(second.at(0.3)).isEqualTo(first.at(0.3));
        assertThat(other.at(0.3)).isNotEqualTo(first.at(0.3));
    }

    @Test
    void mergingNothingChangesNothing() {
        double[] values = stream(5_000, 1, u -> u);
        QuantileSketch sketch = sketch(values, 0, values.length, 50, 7);
        double median = sketch.at(0.5);
        sketch.merge(new QuantileSketch(50, 1));

        assertThat(sketch.at(0.5)).isEqualTo(median);
        assertThat(sketch.count()).isEqualTo(5_000);
    }

    @Test
    void refusesWhatHasNoRank() {
        QuantileSketch sketch = new QuantileSketch(50, 1);
        assertThatThrownBy(() -> sketch.add(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> sketch.at(0.5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new QuantileSketch(7, 1)).hasMessageContaining("7");
    }
}
