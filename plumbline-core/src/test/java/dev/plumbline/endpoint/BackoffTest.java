package dev.plumbline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60));
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1,500", "2,1000", "3,2000", "7,32000", "8,60000", "60,60000"})
    void jitterIsFullAndItsCeilingDoubles(int failures, long ceilingMillis) {
        assertThat(BACKOFF.delay(failures, Optional.empty(), () -> 0)).isZero();
        assertThat(BACKOFF.delay(failures, Optional.empty(), () -> 0.5)).hasMillis(ceilingMillis / 2);
        assertThat(BACKOFF.delay(failures, Optional.empty(), () -> 0.999999).toMillis())
                .isBetween(ceilingMillis - 1, ceilingMillis);
    }

    @Test
    void theServersWishIsALowerBound() {
        assertThat(BACKOFF.delay(1, Optional.of(Duration.ofSeconds(7)), () -> 0))
                .hasSeconds(7);
        assertThat(BACKOFF.delay(1, Optional.of(Duration.ofSeconds(7)), () -> 0.5))
                .hasMillis(7250);
        assertThat(BACKOFF.delay(1, Optional.of(Duration.ofDays(9)), () -> 0.5)).hasSeconds(60);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7000",
        "' 12 ',12000",
        "0.25,250",
        "'Fri, 20 Nov 2026 12:00:30 GMT',30000",
        "'Fri, 20 Nov 2026 11:00:00 GMT',0"
    })
    void readsSecondsAndDates(String header, long millis) {
        assertThat(RetryAfter.parse(header, NOON)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-3", "soon", "1e9", "99999999999", "٣", "Fri, 20 Nov"})
    void whatItCannotReadSaysNothing(String header) {
        assertThat(RetryAfter.parse(header, NOON)).isEmpty();
    }
}
