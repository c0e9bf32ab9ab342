package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who comes second waits, and finds the file there. */
@Timeout(60)
class TwoProcessesTest {
    private static final HubRepo TINY = HubRepo.model("org/tiny");
    private static final String FILE = "model.safetensors";
    private static final byte[] WEIGHTS = new byte[100_000];

    static {
        new Random(3).nextBytes(WEIGHTS);
    }

    @TempDir
    Path cache;

    /** The other process: downloads the file to the cache in its arguments. */
    public static void main(String[] arguments) {
        Hub.builder(Map.of())
                .endpoint(URI.create(arguments[0]))
                .cache(Path.of(arguments[1]))
                .build()
                .file(TINY, FILE);
    }

    @Test
    void oneBlobIsDownloadedByOneProcessAtATime() throws Exception {
        CountDownLatch otherAsked = new CountDownLatch(1);
        CountDownLatch weAsked = new CountDownLatch(1);
        try (FakeHub server = new FakeHub().withLarge(FILE, WEIGHTS)) {
            // The other process is held in the middle of its download until this one has asked what the file is.
            server.once("GET", "/storage/" + FILE, (request, reply) -> {
                otherAsked.countDown();
                await(weAsked);
                FakeHub.serve(request, reply, WEIGHTS);
            });
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TwoProcessesTest.class.getName(),
                            server.address().toString(),
                            cache.toString())
                    .inheritIO()
                    .start();
            await(otherAsked);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            Hub hub = server.client(cache).build();
            Future<Path> first = threads.submit(() -> hub.file(TINY, FILE));
            Future<Path> second = threads.submit(() -> hub.file(TINY, FILE));
            while (server.asked().stream()
                            .filter(asked -> asked.startsWith("HEAD"))
                            .count()
                    < 3) {
                Thread.sleep(5);
            }
            weAsked.countDown();

            assertThat(first.get()).hasBinaryContent(WEIGHTS);
            assertThat(second.get()).isEqualTo(first.get());
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();
            assertThat(server.askedOfStorage()).hasSize(1);
            threads.shutdown();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the other side did not come");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
