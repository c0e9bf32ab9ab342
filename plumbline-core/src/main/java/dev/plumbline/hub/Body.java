package dev.plumbline.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, pulled piece by piece with a limit on how long the server may stay silent. (The HTTP client's
 * own timeout ends when the headers are there, and its streams wait for ever.)
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {
    /** Pieces asked for ahead of the reader; one piece is at most the client's 16 KiB buffer. */
    private static final int AHEAD = 16;

    private static final int DISCARDABLE = 1 << 16;

    private sealed interface Event {
        record Bytes(List<ByteBuffer> buffers) implements Event {}

        record Broken(Throwable cause) implements Event {}

        record End() implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Duration patience;
    private boolean ended;

    Body(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        given.request(AHEAD);
        subscription.complete(given);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        events.add(new Event.Bytes(item));
    }

    @Override
    public void onError(Throwable throwable) {
        events.add(new Event.Broken(throwable));
    }

    @Override
    public void onComplete() {
        events.add(new Event.End());
    }

    /**
     * The next bytes; empty at the end of the body.
     *
     * @throws IOException if the connection broke or the server stayed silent for too long
     */
    List<ByteBuffer> next() throws IOException, InterruptedException {
        if (ended) {
            return List.of();
        }
        Event event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (event == null) {
            cancel();
            throw new HttpTimeoutException("no bytes for " + patience.toMillis() / 1000.0 + " s");
        }
        if (event instanceof Event.Bytes bytes) {
            subscription.join().request(1);
            return bytes.buffers();
        }
        ended = true;
        if (event instanceof Event.Broken broken) {
            throw new IOException(broken.cause().getMessage(), broken.cause());
        }
        return List.of();
    }

    /** The whole body, which must not be longer than {@code limit} bytes. */
    byte[] readAll(int limit) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (List<ByteBuffer> buffers = next(); !ended; buffers = next()) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                all.writeBytes(bytes);
            }
            if (all.size() > limit) {
                throw new IOException("the answer is longer than " + limit + " bytes");
            }
        }
        return all.toByteArray();
    }

    /** Reads a short rest, so that the connection can be used again; gives the connection up otherwise. */
    @Override
    public void close() {
        try {
            for (long discarded = 0; !ended && discarded < DISCARDABLE; ) {
                discarded += next().stream().mapToLong(ByteBuffer::remaining).sum();
            }
        } catch (IOException e) {
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            cancel();
        }
    }

    private void cancel() {
        ended = true;
        var unused = subscription.thenAccept(Flow.Subscription::cancel);
    }
}
