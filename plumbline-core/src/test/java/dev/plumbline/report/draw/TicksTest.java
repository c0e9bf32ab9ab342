package dev.plumbline.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {

    @Test
    void landOnRoundNumbers() {
        assertThat(labels(Ticks.between(0, 1, 5))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(Ticks.between(-3.7, 5.1, 6))).containsExactly("−2", "0", "2", "4");
        assertThat(labels(Ticks.between(-0.3, 0.3, 3))).containsExactly("−0.2", "0.0", "0.2");
        assertThat(labels(Ticks.between(-6, 6, 5))).containsExactly("−5.0", "−2.5", "0.0", "2.5", "5.0");
    }

    @Test
    void layersAreWhole() {
        assertThat(labels(Ticks.whole(0, 5, 10))).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(labels(Ticks.whole(0, 24, 10))).containsExactly("0", "5", "10", "15", "20");
    }

    @Test
    void sharesArePercentages() {
        assertThat(labels(Ticks.percent(0, 1, 2))).containsExactly("0\u202f%", "50\u202f%", "100\u202f%");
    }

    @Test
    void stayInsideAndAreNeverTooMany() {
        Random random = new Random(1);
        for (int trial = 0; trial < 500; trial++) {
            double low = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3);
            double high = low + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(7) - 3) + 1e-4;
            List<Tick> ticks = Ticks.between(low, high, 6);
            assertThat(ticks.size()).isBetween(2, 7);
            double slack = (high - low) * 1e-5;
            assertThat(ticks).allMatch(tick -> tick.value() >= low - slack && tick.value() <= high + slack);
            assertThat(labels(ticks)).doesNotHaveDuplicates();
        }
    }

    private static List<String> labels(List<Tick> ticks) {
        return ticks.stream().map(Tick::label).toList();
    }
}
