package dev.plumbline.endpoint;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A true rate limit: departures are never closer together than one interval, so that any window of length w sees at most
 * {@code rate * w + 1} of them. The next slot is counted from when a caller actually left, not from when it was due, so a
 * thread that wakes late never makes two requests leave together.
 */
final class Pacer {

    /** Time and sleep, so that tests can run on virtual time. */
    interface Ticker {
        long nanos();

        void sleep(long nanos) throws InterruptedException;
    }

    private static final Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            LockSupport.parkNanos(nanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    };

    private final ReentrantLock turnstile = new ReentrantLock(true);
    private final Ticker ticker;
    private final long interval;
    private long earliest;

    Pacer(Duration interval) {
        this(interval, SYSTEM);
    }

    Pacer(Duration interval, Ticker ticker) {
        this.interval = interval.toNanos();
        this.ticker = ticker;
        this.earliest = ticker.nanos();
    }

    static Pacer perSecond(double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("Expected a positive number of requests per second, found " + rate);
        }
        return new Pacer(Duration.ofNanos((long) Math.ceil(1e9 / rate)));
    }

    /** Blocks until the caller may leave. Callers leave in the order of their coming. */
    void depart() throws InterruptedException {
        turnstile.lockInterruptibly();
        try {
            for (long wait = earliest - ticker.nanos(); wait > 0; wait = earliest - ticker.nanos()) {
                ticker.sleep(wait);
            }
            earliest = ticker.nanos() + interval;
        } finally {
            turnstile.unlock();
        }
    }
}
