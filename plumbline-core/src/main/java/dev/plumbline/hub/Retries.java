package dev.plumbline.hub;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The patience of one task: how often it may fail for a passing reason, and how long it waits before the next attempt. */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final int ALLOWED = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(16);

    /** A server that wants a longer rest than this is reported rather than waited for. */
    private static final Duration LONGEST_REQUESTED_WAIT = Duration.ofMinutes(5);

    /** Lets time pass. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final Sleeper sleeper;
    private int failures;

    Retries(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** Waits before another attempt, or throws the failure again if it is lasting or was one too many. */
    void waitAfter(HubException failure) {
        failures++;
        Duration wait = failure.retryAfter().orElseGet(this::backoff);
        if (!failure.retriable() || failures > ALLOWED || wait.compareTo(LONGEST_REQUESTED_WAIT) > 0) {
            throw failure;
        }
        LOG.info("{} (attempt {} of {}, next in {} ms)", failure.getMessage(), failures, ALLOWED + 1, wait.toMillis());
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            throw HubException.interrupted("waiting for another attempt", e);
        }
    }

    /** Forgets earlier failures, since the task got on. */
    void reset() {
        failures = 0;
    }

    /** Doubling waits, each shortened at random so that parallel tasks do not come back together. */
    private Duration backoff() {
        long longest = Math.min(FIRST_WAIT.toMillis() << (failures - 1), LONGEST_WAIT.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
