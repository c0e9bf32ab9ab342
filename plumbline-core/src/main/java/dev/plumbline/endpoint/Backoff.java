package dev.plumbline.endpoint;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before attempt n: exponential with full jitter (uniform between nothing and {@code base * 2^(n-1)}, at
 * most {@code longest}), and never less than the server asked for, up to {@code longest}.
 *
 * @param base upper end of the first wait
 * @param longest upper end of every wait
 */
record Backoff(Duration base, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    /**
     * @param failures attempts that failed so far, from 1
     * @param uniform random numbers in [0, 1)
     */
    Duration delay(int failures, Optional<Duration> retryAfter, DoubleSupplier uniform) {
        double doubled = (double) base.toNanos() * (1L << Math.min(failures - 1, MAX_DOUBLINGS));
        double ceiling = Math.min((double) longest.toNanos(), doubled);
        Duration jittered = Duration.ofNanos((long) (uniform.getAsDouble() * ceiling));
        return retryAfter.map(asked -> shorter(asked.plus(jittered), longest)).orElse(jittered);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
