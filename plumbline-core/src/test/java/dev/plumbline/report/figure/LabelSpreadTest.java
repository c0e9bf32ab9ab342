package dev.plumbline.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelSpreadTest {

    @Test
    void leavesLabelsThatHaveRoomWhereTheyAre() {
        assertThat(LabelSpread.spread(new double[] {5, 20, 90}, 10, 0, 100)).containsExactly(5, 20, 90);
    }

    @Test
    void movesAClusterApartAroundItsMiddle() {
        assertThat(LabelSpread.spread(new double[] {50, 50, 50}, 10, 0, 100)).containsExactly(40, 50, 60);
    }

    @Test
    void staysWithinTheEnds() {
        assertThat(LabelSpread.spread(new double[] {1, 2, 99}, 10, 0, 100)).containsExactly(0, 10, 99);
        assertThat(LabelSpread.spread(new double[] {98, 99, 100}, 10, 0, 100)).containsExactly(80, 90, 100);
    }

    @Test
    void runsOverTheHighEndRatherThanOverlap() {
        assertThat(LabelSpread.spread(new double[] {0, 1, 2, 3}, 10, 0, 20)).containsExactly(0, 10, 20, 30);
    }

    @Test
    void placesNothingForNothing() {
        assertThat(LabelSpread.spread(new double[0], 10, 0, 100)).isEmpty();
    }

    @Test
    void neverOverlapsAndNeverLeavesItsRoom() {
        Random random = new Random(11);
        for (int trial = 0; trial < 500; trial++) {
            int count = 1 + random.nextInt(40);
            double[] wanted = random.doubles(count, -50, 650)
                    .map(x -> Math.floor(x / 7) * 7)
                    .sorted()
                    .toArray();
            double[] placed = LabelSpread.spread(wanted, 15, 0, 600);
            for (int i = 1; i < count; i++) {
                assertThat(placed[i] - placed[i - 1]).isGreaterThanOrEqualTo(15 - 1e-9);
            }
            assertThat(placed[0]).isGreaterThanOrEqualTo(0);
            assertThat(placed[count - 1]).isLessThanOrEqualTo(600 + 1e-9);
        }
    }

    @Test
    void movesNoMoreThanAnyOtherPlacingItIsComparedWith() {
        Random random = new Random(12);
        for (int trial = 0; trial < 200; trial++) {
            double[] wanted = random.doubles(6, 0, 60).sorted().toArray();
            double best = cost(wanted, LabelSpread.spread(wanted, 10, 0, 1000));
            double[] other = new double[6];
            double at = random.nextDouble() * 20;
            for (int i = 0; i < 6; i++) {
                other[i] = at;
                at += 10 + random.nextDouble() * 5;
            }
            assertThat(best).isLessThanOrEqualTo(cost(wanted, other) + 1e-9);
        }
    }

    private static double cost(double[] wanted, double[] placed) {
        double[] squares = new double[wanted.length];
        Arrays.setAll(squares, i -> (wanted[i] - placed[i]) * (wanted[i] - placed[i]));
        return Arrays.stream(squares).sum();
    }
}
