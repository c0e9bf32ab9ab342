package dev.plumbline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    /** Virtual time in which every sleep overshoots at random, as real ones do. */
    private static final class LateTicker implements Pacer.Ticker {
        private final Random random;
        private long now = 1_000;

        LateTicker(long seed) {
            random = new Random(seed);
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos + random.nextInt(30_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noWindowHoldsMoreThanItsShare(long seed) throws InterruptedException {
        LateTicker ticker = new LateTicker(seed);
        Random random = new Random(~seed);
        long interval = 20_000_000;
        Pacer pacer = new Pacer(Duration.ofNanos(interval), ticker);
        List<Long> departures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(10) == 0) {
                ticker.now += random.nextInt(500_000_000);
            }
            pacer.depart();
            departures.add(ticker.now);
        }
        for (int from = 0; from < departures.size(); from++) {
            for (int to = from; to < departures.size(); to++) {
                long window = departures.get(to) - departures.get(from);
                assertThat(to - from + 1L).isLessThanOrEqualTo(window / interval + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 50, 100, 3_000})
    void aRateIsReachedWhenSleepIsExact(double rate) throws InterruptedException {
        long[] now = {0};
        Pacer pacer = new Pacer(Duration.ofNanos((long) Math.ceil(1e9 / rate)), new Pacer.Ticker() {
            @Override
            public long nanos() {
                return now[0];
            }

            @Override
            public void sleep(long nanos) {
                now[0] += nanos;
            }
        });
        for (int i = 0; i < 1001; i++) {
            pacer.depart();
        }
        assertThat(1000 / (now[0] / 1e9)).isBetween(rate * 0.999, rate);
    }
}
