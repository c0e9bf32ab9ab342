package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcaTest {

    private static List<float[]> gaussian(Random random, int n, int d) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            float[] row = new float[d];
            for (int j = 0; j < d; j++) {
                row[j] = (float) (random.nextGaussian() * (1 + j % 3));
            }
            rows.add(row);
        }
        return rows;
    }

    /** A rotation of the plane of two coordinates, and a shift of all. */
    private static List<float[]> movedRigidly(List<float[]> rows, Random random) {
        double angle = random.nextDouble() * 2 * Math.PI;
        int a = random.nextInt(rows.get(0).length - 1);
        float shift = (float) random.nextGaussian();
        return rows.stream()
                .map(row -> {
                    float[] moved = row.clone();
                    moved[a] = (float) (Math.cos(angle) * row[a] - Math.sin(angle) * row[a + 1]);
                    moved[a + 1] = (float) (Math.sin(angle) * row[a] + Math.cos(angle) * row[a + 1]);
                    for (int j = 0; j < moved.length; j++) {
                        moved[j] += shift;
                    }
                    return moved;
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void varianceDoesNotDependOnRotationOrShift(long seed) {
        Random random = new Random(seed);
        List<float[]> rows = gaussian(random, 4 + random.nextInt(12), 3 + random.nextInt(12));
        double[] before = Pca.fit(rows).explainedVarianceRatio();
        double[] after = Pca.fit(movedRigidly(rows, random)).explainedVarianceRatio();
        assertThat(after).containsExactly(before, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void componentsAreOrthonormalAndScoresRebuildTheRows(long seed) {
        Random random = new Random(seed);
        List<float[]> rows = gaussian(random, 3 + random.nextInt(10), 3 + random.nextInt(10));
        Pca pca = Pca.fit(rows);
        for (int k = 0; k < pca.size(); k++) {
            for (int m = 0; m < pca.size(); m++) {
                assertThat(Vectors.dot(pca.component(k), pca.component(m))).isCloseTo(k == m ? 1 : 0, within(1e-9));
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            double[] rebuilt = pca.mean();
            for (int k = 0; k < pca.size(); k++) {
                for (int j = 0; j < rebuilt.length; j++) {
                    rebuilt[j] += pca.scores()[i][k] * pca.component(k)[j];
                }
            }
            assertThat(rebuilt).containsExactly(Vectors.widened(rows.get(i)), within(1e-6));
        }
    }

    /** Points (±3, ±1): the variance along x is nine times that along y. */
    @Test
    void knowsASmallCaseByHeart() {
        Pca pca = Pca.fit(List.of(new float[] {3, 1}, new float[] {-3, 1}, new float[] {3, -1}, new float[] {-3, -1}));
        assertThat(pca.mean()).containsExactly(0, 0);
        assertThat(pca.component(0)).containsExactly(new double[] {1, 0}, within(1e-12));
        assertThat(pca.component(1)).containsExactly(new double[] {0, 1}, within(1e-12));
        assertThat(pca.explainedVariance()).containsExactly(new double[] {12, 4.0 / 3}, within(1e-12));
        assertThat(pca.explainedVarianceRatio()).containsExactly(new double[] {0.9, 0.1}, within(1e-12));
        assertThat(pca.componentsFor(0.9)).hasValue(1);
        assertThat(pca.componentsFor(0.91)).hasValue(2);
        assertThat(pca.componentsFor(1)).hasValue(2);
        assertThat(pca.transform(new float[] {5, 2})).containsExactly(new double[] {5, 2}, within(1e-12));
    }

    @Test
    void aThresholdThatIsNeverReachedHasNoAnswer() {
        List<float[]> rows =
                List.of(new float[] {3, 1}, new float[] {-3, 1}, new float[] {3, -1}, new float[] {-3, -1});
        Pca first = Pca.fit(rows, 1);
        assertThat(first.size()).isEqualTo(1);
        assertThat(first.explainedVarianceRatio()).containsExactly(new double[] {0.9}, within(1e-12));
        assertThat(first.componentsFor(0.9)).hasValue(1);
        assertThat(first.componentsFor(0.95)).isEmpty();
    }

    @Test
    void rowsThatAreAllTheSameHaveNoComponents() {
        float[] row = {0.1f, 1e6f, -3.3f};
        Pca pca = Pca.fit(List.of(row, row.clone(), row.clone(), row.clone(), row.clone(), row.clone(), row.clone()));
        assertThat(pca.size()).isZero();
        assertThat(pca.explainedVarianceRatio()).isEmpty();
        assertThat(pca.componentsFor(0.7)).isEmpty();
        assertThat(pca.transform(row)).isEmpty();
    }

    @Test
    void orientsOneComponent() {
        List<float[]> rows =
                List.of(new float[] {3, 1}, new float[] {-3, 1}, new float[] {3, -1}, new float[] {-3, -1});
        Pca pca = Pca.fit(rows);
        float[] left = {-2, 1};
        Pca oriented = pca.oriented(0, left);
        assertThat(oriented.cosine(0, left)).isCloseTo(2 / Math.sqrt(5), within(1e-12));
        assertThat(oriented.cosine(1, left)).isEqualTo(pca.cosine(1, left));
        assertThat(oriented.scores()[0]).containsExactly(new double[] {-3, 1}, within(1e-12));
        assertThat(oriented.transform(rows.get(0))).containsExactly(oriented.scores()[0], within(1e-12));
        assertThat(oriented.oriented(0, left)).isSameAs(oriented);
        assertThat(pca.scores()[0][0]).isCloseTo(3, within(1e-12));
    }

    @Test
    void refusesWhatHasNoComponents() {
        assertThatThrownBy(() -> Pca.fit(List.of(new float[] {1})))
                .hasMessageContaining("1 vectors")
                .hasMessageContaining("expected at least 2");
        assertThatThrownBy(() -> Pca.fit(List.of(new float[] {1, 2}, new float[] {1})))
                .hasMessage("A vector has 1 components; expected 2, as the first has");
        Pca pca = Pca.fit(List.of(new float[] {1}, new float[] {2}));
        assertThatThrownBy(() -> pca.componentsFor(1.5)).hasMessageContaining("found 1.5");
    }
}
