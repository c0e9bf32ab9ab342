package dev.plumbline.endpoint;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts JSON to a server within its limits, which hold for all threads together.
 *
 * <p>An attempt that fails for a reason that may pass (status 408, 429 or 5xx, a cut connection, a timeout, a body that is
 * not what was asked for) is repeated; any other failure is final.
 */
final class JsonClient {

    private static final Logger LOG = LoggerFactory.getLogger(JsonClient.class);

    private final EndpointSettings settings;
    private final HttpClient http;
    private final Semaphore inFlight;
    private final Pacer pacer;
    private final FailsafeExecutor<Object> retries;

    JsonClient(EndpointSettings settings) {
        this.settings = settings;
        // An upgrade to HTTP/2 without TLS is refused, or worse, by several local servers.
        HttpClient.Version version =
                settings.base().getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
        this.http = HttpClient.newBuilder()
                .version(version)
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.inFlight = new Semaphore(settings.concurrency(), true);
        this.pacer = Pacer.perSecond(settings.requestsPerSecond());
        this.retries = Failsafe.with(retryPolicy(settings));
    }

    private static RetryPolicy<Object> retryPolicy(EndpointSettings settings) {
        Backoff backoff = new Backoff(settings.firstWait(), settings.longestWait());
        return RetryPolicy.builder()
                .handleIf(failure -> failure instanceof EndpointException known && known.retriable())
                .withMaxAttempts(settings.attempts())
                .withDelayFn(context -> backoff.delay(
                        context.getAttemptCount(),
                        context.getLastException() instanceof EndpointException known
                                ? known.retryAfter()
                                : Optional.empty(),
                        ThreadLocalRandom.current()::nextDouble))
                .onRetryScheduled(event -> LOG.debug(
                        "{}; attempt {} in {} ms",
                        String.valueOf(event.getLastException()),
                        event.getAttemptCount() + 1,
                        event.getDelay().toMillis()))
                .build();
    }

    /**
     * Posts a body and reads the answer, blocking until it is there.
     *
     * @param read understands the body of an answer; may throw an {@link EndpointException} itself
     * @throws EndpointException if no answer could be had
     * @throws InterruptedException if the thread was interrupted; the request is then abandoned
     */
    <T> T post(URI address, byte[] body, Function<byte[], T> read) throws InterruptedException {
        try {
            return retries.get(() -> attempt(address, body, read));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                // Failsafe sets the flag again; the exception takes its place.
                Thread.interrupted();
                throw new InterruptedException("Interrupted while asking " + settings.base());
            }
            throw e;
        }
    }

    private <T> T attempt(URI address, byte[] body, Function<byte[], T> read) throws InterruptedException {
        inFlight.acquire();
        try {
            pacer.depart();
            return read.apply(accepted(send(address, body)));
        } catch (EndpointException e) {
            String message = settings.base() + " " + e.getMessage();
            throw new EndpointException(
                    settings.key().map(key -> key.redact(message)).orElse(message), e.retriable(), e.retryAfter());
        } finally {
            inFlight.release();
        }
    }

    private HttpResponse<byte[]> send(URI address, byte[] body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.key().ifPresent(key -> request.header("Authorization", key.authorization()));
        // The client's own timeout ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request.build(), info -> new BoundedBody(settings.maxBodyBytes()));
        try {
            return exchange.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw EndpointException.temporary("did not answer within " + settings.timeout());
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static EndpointException failure(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof EndpointException known) {
                return known;
            }
        }
        Throwable cause = e.getCause();
        String why = cause == null || cause.getMessage() == null ? "connection failed" : cause.getMessage();
        return cause instanceof IOException
                ? EndpointException.temporary("could not be reached: " + why)
                : EndpointException.permanent("could not be asked: " + why);
    }

    private static byte[] accepted(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 200) {
            return response.body();
        }
        boolean outOfQuota = ServerWords.errorCode(response.body()).equals("insufficient_quota");
        boolean mayPass = status == 408 || status == 429 || status >= 500;
        Optional<Duration> retryAfter =
                response.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.parse(value, Instant.now()));
        throw new EndpointException(
                "answered with status " + status + ": " + ServerWords.errorMessage(response.body()),
                mayPass && !outOfQuota,
                retryAfter);
    }
}
