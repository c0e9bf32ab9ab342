package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenDistributionTest {

    private static Set<Integer> support(float[] p, int topK, double topP) {
        Set<Integer> drawn = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            drawn.add(new TokenDistribution(p).draw(topK, topP, i / 500.0));
        }
        return drawn;
    }

    @Test
    void cutsToTheMostProbable() {
        float[] p = {0.1f, 0.4f, 0.05f, 0.3f, 0.15f};

        assertThat(support(p, 0, 1)).containsExactly(0, 1, 2, 3, 4);
        assertThat(support(p, 2, 1)).containsExactly(1, 3);
        assertThat(support(p, 0, 0.69)).containsExactly(1, 3);
        assertThat(support(p, 0, 0.71)).containsExactly(1, 3, 4);
        assertThat(support(p, 0, 1e-9)).containsExactly(1);
        assertThat(support(p, 99, 1)).hasSize(5);
        // Of the two that top-k leaves, the first alone has 4/7 of the mass.
        assertThat(support(p, 2, 0.57)).containsExactly(1);
        assertThat(support(p, 2, 0.58)).containsExactly(1, 3);
    }

    @Test
    void tiesGoToTheLowerId() {
        float[] p = {0.25f, 0.25f, 0.25f, 0.25f};

        assertThat(support(p, 2, 1)).containsExactly(0, 1);
        assertThat(support(p, 0, 0.6)).containsExactly(0, 1, 2);
    }

    @Test
    void cutsLikeASort() {
        Random random = new Random(3);
        for (int trial = 0; trial < 60; trial++) {
            float[] p = new float[1 + random.nextInt(2500)];
            double sharpness = trial % 2 == 0 ? 4 : 0.5; // few tokens to choose from, or many
            float sum = 0;
            for (int i = 0; i < p.length; i++) {
                p[i] = (float) Math.exp(sharpness * random.nextGaussian());
                sum += p[i];
            }
            for (int i = 0; i < p.length; i++) {
                p[i] /= sum;
            }
            int topK = random.nextInt(p.length + 1);
            double topP = random.nextDouble(0.05, 1);
            List<Integer> ranked = IntStream.range(0, p.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -p[i]))
                    .limit(topK == 0 ? p.length : topK)
                    .toList();
            double mass = ranked.stream().mapToDouble(i -> p[i]).sum();
            Set<Integer> expected = new TreeSet<>();
            double kept = 0;
            for (int id : ranked) {
                expected.add(id);
                kept += p[id];
                if (kept >= topP * mass) {
                    break;
                }
            }
            assertThat(expected).containsAll(support(p, topK, topP));
            assertThat(new TokenDistribution(p).draw(topK, topP, 0)).isEqualTo(Collections.min(expected));
            assertThat(new TokenDistribution(p).draw(topK, topP, 1 - 1e-16)).isEqualTo(Collections.max(expected));
        }
    }

    @Test
    void drawsAsOftenAsProbable() {
        float[] p = {0.5f, 0.2f, 0.2f, 0.1f};
        int[] counts = new int[4];
        for (int i = 0; i < 40_000; i++) {
            counts[new TokenDistribution(p).draw(3, 1, CounterRandom.uniform(11, i))]++;
        }

        assertThat(counts[0] / 40_000.0).isCloseTo(5 / 9.0, within(0.01));
        assertThat(counts[1] / 40_000.0).isCloseTo(2 / 9.0, within(0.01));
        assertThat(counts[3]).isZero();
    }

    @Test
    void refusesWhatIsNoDistribution() {
        float[] nan = new float[4];
        Arrays.fill(nan, Float.NaN);

        for (double topP : new double[] {1, 0.9}) {
            assertThatThrownBy(() -> new TokenDistribution(nan).draw(0, topP, 0.5))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not finite");
        }
        assertThatThrownBy(() -> new TokenDistribution(nan).draw(2, 1, 0.5)).hasMessageContaining("not finite");
    }

    @Test
    void streamsOfNeighbouringSeedsAreUnrelated() {
        double correlation = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            correlation += (CounterRandom.uniform(i, 0) - 0.5) * (CounterRandom.uniform(i + 1, 0) - 0.5) * 12 / n;
            correlation += (CounterRandom.uniform(5, i) - 0.5) * (CounterRandom.uniform(5, i + 1) - 0.5) * 12 / n;
        }
        assertThat(correlation).isCloseTo(0, within(0.04));
    }
}
