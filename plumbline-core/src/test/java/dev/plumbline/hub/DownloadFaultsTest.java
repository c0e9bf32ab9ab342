package dev.plumbline.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.hub.HubException.Reason;
import dev.plumbline.hub.LoopbackServer.Handler;
import dev.plumbline.hub.LoopbackServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off, lie, refuse, stall and lead astray. */
class DownloadFaultsTest {
    private static final HubRepo TINY = HubRepo.model("org/tiny");
    private static final String FILE = "model.safetensors";
    private static final String STORED = "/storage/" + FILE;
    private static final byte[] CONFIG = "{\"a\": 1}".getBytes(US_ASCII);
    private static final byte[] WEIGHTS = new byte[100_000];

    static {
        new Random(2).nextBytes(WEIGHTS);
    }

    @TempDir
    Path cache;

    private FakeHub server;
    private Hub hub;

    @BeforeEach
    void serve() throws IOException {
        server = new FakeHub().withLarge(FILE, WEIGHTS).with("config.json", new String(CONFIG, US_ASCII));
        hub = server.client(cache).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Path incomplete() {
        return cache.resolve("models--org--tiny/blobs/" + FakeHub.sha256(WEIGHTS) + ".incomplete");
    }

    private void leaveIncomplete(byte[] bytes) throws IOException {
        Files.createDirectories(incomplete().getParent());
        Files.write(incomplete(), bytes);
    }

    private List<Integer> starts() {
        return server.storageRequests().stream().map(Request::from).toList();
    }

    private HubException failure(String file) {
        HubException failure = catchThrowableOfType(HubException.class, () -> hub.file(TINY, file));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void aCutDownloadGoesOnWhereItBroke() {
        server.once("GET", STORED, (request, reply) -> reply.cut(200, WEIGHTS, 40_000));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(0, 40_000);
        assertThat(server.sleeps).hasSize(1);
        assertThat(incomplete()).doesNotExist();
    }

    @Test
    void aCutBeforeTheHeadersIsRepeated() {
        server.once("GET", STORED, (request, reply) -> {});

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(0, 0);
    }

    @Test
    void anEarlierRunIsContinued() throws IOException {
        leaveIncomplete(Arrays.copyOf(WEIGHTS, 12_345));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(12_345);
    }

    @Test
    void anEarlierRunThatGotAllIsOnlyChecked() throws IOException {
        leaveIncomplete(WEIGHTS);

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).isEmpty();
    }

    @Test
    void anEarlierRunOfOtherBytesIsReplaced() throws IOException {
        leaveIncomplete(new byte[50_000]);

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(50_000, 0);
    }

    @Test
    void anEarlierRunThatIsTooLongIsReplaced() throws IOException {
        leaveIncomplete(new byte[WEIGHTS.length + 1]);

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(0);
    }

    @Test
    void aServerThatIgnoresRangeSendsEverything() throws IOException {
        leaveIncomplete(Arrays.copyOf(WEIGHTS, 50_000));
        server.always("GET", STORED, (request, reply) -> reply.send(200, WEIGHTS));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(50_000);
    }

    @Test
    void aServerThatSendsAnotherRangeIsAskedForEverything() throws IOException {
        leaveIncomplete(Arrays.copyOf(WEIGHTS, 50_000));
        server.once("GET", STORED, (request, reply) -> reply.header("Content-Range", "bytes 10-99999/100000")
                .send(206, Arrays.copyOfRange(WEIGHTS, 10, WEIGHTS.length)));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(50_000, 0);
    }

    @Test
    void aServerThatCannotServeTheRangeIsAskedForEverything() throws IOException {
        leaveIncomplete(Arrays.copyOf(WEIGHTS, 50_000));
        server.once("GET", STORED, (request, reply) -> reply.send(416));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(50_000, 0);
    }

    @Test
    void a416ForTheWholeFileIsAnError() {
        server.always("GET", STORED, (request, reply) -> reply.send(416));

        assertThat(failure(FILE).reason()).isEqualTo(Reason.BAD_RESPONSE);
    }

    @Test
    void alwaysCutButEachTimeAMegabyteFurtherArrives() throws IOException {
        byte[] big = new byte[12 << 20];
        server.withLarge("big.safetensors", big);
        server.always("GET", "/storage/big.safetensors", (request, reply) -> {
            byte[] rest = new byte[big.length - request.from()];
            reply.header("Content-Range", "bytes " + request.from() + "-" + (big.length - 1) + "/" + big.length)
                    .cut(206, rest, Math.min(rest.length, 3 << 19));
        });

        assertThat(hub.file(TINY, "big.safetensors")).hasSize(big.length);
        assertThat(server.sleeps).hasSize(7);
    }

    @Test
    void alwaysCutAtTheSamePlaceEnds() {
        server.always("GET", STORED, (request, reply) -> reply.cut(200, WEIGHTS, 30_000));

        HubException failure = failure(FILE);

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.retriable()).isTrue();
        assertThat(failure).hasMessageContaining(FILE).hasMessageContaining("call again to continue");
        assertThat(server.storageRequests()).hasSize(6);
        assertThat(server.sleeps).hasSize(5).allSatisfy(sleep -> assertThat(sleep)
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(16)));
        assertThat(incomplete()).hasSize(30_000);
    }

    @Test
    void wrongBytesAreDeletedAndNamed() {
        server.always("GET", STORED, (request, reply) -> reply.send(200, new byte[WEIGHTS.length]));

        HubException failure = failure(FILE);

        assertThat(failure.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(failure)
                .hasMessageContaining(FILE)
                .hasMessageContaining(FakeHub.sha256(WEIGHTS))
                .hasMessageContaining("deleted");
        assertThat(incomplete()).doesNotExist();
        assertThat(hub.cached(TINY, FILE)).isEmpty();
    }

    @Test
    void wrongBytesOfASmallFileAreNoticedToo() {
        server.once("GET", "/config.json", (request, reply) -> reply.send(200, "{\"a\": 2}".getBytes(US_ASCII)));

        assertThat(failure("config.json"))
                .hasMessageContaining(FakeHub.gitBlob(CONFIG))
                .extracting(HubException::reason)
                .isEqualTo(Reason.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 200_000})
    void aServerThatOffersAnotherSizeIsNotBelieved(int size) {
        server.always("GET", STORED, (request, reply) -> reply.send(200, new byte[size]));

        assertThat(failure(FILE))
                .hasMessageContaining("100000")
                .hasMessageContaining(String.valueOf(size))
                .extracting(HubException::reason)
                .isEqualTo(Reason.CORRUPT);
        assertThat(server.sleeps).isEmpty();
    }

    @Test
    void bytesWithoutAnAnnouncedLengthAreCountedAsTheyCome() {
        // Chunked, since otherwise the length is announced.
        server.always("GET", STORED, (request, reply) -> {
            byte[] body = ("1E8480\r\n" + "x".repeat(2_000_000) + "\r\n0\r\n\r\n").getBytes(US_ASCII);
            reply.header("Transfer-Encoding", "chunked").sendRaw(200, body);
        });

        assertThat(failure(FILE))
                .hasMessageContaining("more bytes")
                .extracting(HubException::reason)
                .isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aFileOfUnknownSizeArrives() {
        server.always("HEAD", "/config.json", (request, reply) -> reply.header("X-Repo-Commit", FakeHub.COMMIT)
                .header("ETag", "\"" + FakeHub.gitBlob(CONFIG) + "\"")
                .header("Transfer-Encoding", "chunked")
                .sendRaw(200, new byte[0]));
        server.always("GET", "/config.json", (request, reply) -> reply.header("Transfer-Encoding", "chunked")
                .sendRaw(200, "8\r\n{\"a\": 1}\r\n0\r\n\r\n".getBytes(US_ASCII)));

        assertThat(hub.file(TINY, "config.json")).hasBinaryContent(CONFIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "-5", "99999999999999999999"})
    void aLengthThatIsNoNumberIsNoHubs(String length) {
        server.always("HEAD", FILE, (request, reply) -> reply.header("Content-Length", length)
                .sendRaw(200, new byte[0]));

        assertThat(failure(FILE))
                .hasMessageContaining(server.address().toString())
                .extracting(HubException::reason)
                .isEqualTo(Reason.BAD_RESPONSE);
    }

    @Test
    void compressedBytesAreRefused() {
        server.always("GET", STORED, (request, reply) -> reply.header("Content-Encoding", "gzip")
                .send(200, WEIGHTS));

        assertThat(failure(FILE)).hasMessageContaining("compressed");
    }

    @Test
    void theRequestedWaitIsKept() {
        server.once("GET", STORED, (request, reply) -> reply.header("Retry-After", "7")
                .send(429));
        server.once("GET", STORED, (request, reply) -> reply.header("RateLimit", "\"resolvers\";r=0;t=9")
                .send(429));
        server.once("GET", STORED, (request, reply) -> reply.send(500));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(server.sleeps).hasSize(3).startsWith(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void aDateToComeBackIsUnderstood() {
        server.once("GET", STORED, (request, reply) -> reply.header("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")
                .send(503));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(server.sleeps).containsExactly(Duration.ZERO);
    }

    @Test
    void aWaitOfHoursIsReportedInsteadOfKept() {
        server.always("HEAD", FILE, (request, reply) -> reply.header("Retry-After", "7200")
                .send(429));

        HubException failure = failure(FILE);

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("7200 s");
        assertThat(server.sleeps).isEmpty();
    }

    @Test
    void aServerThatIsAlwaysBrokenIsGivenUp() {
        server.always("HEAD", FILE, (request, reply) -> reply.send(500));

        HubException failure = failure(FILE);

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("500");
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void anUnreachableServerIsExplained() throws IOException {
        server.close();

        HubException failure = failure(FILE);

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining(server.address().toString())
                .hasMessageContaining("connection refused")
                .hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(server.sleeps).hasSize(5);
    }

    @Test
    void aServerThatFallsSilentIsAskedAgain() {
        server.once("GET", STORED, (request, reply) -> reply.stall(200, WEIGHTS, 20_000));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(starts()).containsExactly(0, 20_000);
    }

    @Test
    void aServerThatNeverAnswersIsAskedAgain() {
        CountDownLatch never = new CountDownLatch(1);
        server.once("GET", STORED, (request, reply) -> await(never));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        never.countDown();
    }

    @Test
    void redirectsInACircleEnd() {
        Handler circle =
                (request, reply) -> reply.header("Location", request.path()).send(302);
        server.always("HEAD", "/circle.json", circle).always("GET", STORED, circle);

        for (String file : List.of("circle.json", FILE)) {
            assertThat(failure(file))
                    .hasMessageContaining("redirects more than")
                    .extracting(HubException::reason)
                    .isEqualTo(Reason.BAD_RESPONSE);
        }
        assertThat(server.requests().size() + server.storageRequests().size()).isLessThan(30);
    }

    @Test
    void theTokenDoesNotComeBackFromAnotherHost() {
        server.once("GET", STORED, (request, reply) -> reply.header("Location", server.address() + "/anywhere/" + FILE)
                .send(302));
        server.once("GET", "/anywhere/" + FILE, (request, reply) -> reply.send(200, WEIGHTS));

        assertThat(hub.file(TINY, FILE)).hasBinaryContent(WEIGHTS);
        assertThat(server.tokensGivenAway()).isEmpty();
        assertThat(server.requests())
                .filteredOn(request -> request.path().startsWith("/anywhere"))
                .hasSize(1)
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).isEmpty());
    }

    @Test
    void anotherNameOfTheSameMachineIsAnotherHost() {
        String sameMachine = server.address().toString().replace("127.0.0.1", "localhost");
        server.once("GET", "/config.json", (request, reply) -> reply.header("Location", sameMachine + "/x")
                .send(302));
        server.once("GET", "/x", (request, reply) -> reply.send(200, CONFIG));

        hub.file(TINY, "config.json");

        assertThat(server.requests())
                .filteredOn(request -> request.path().equals("/x"))
                .hasSize(1)
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://bad host/", "https:///nowhere", "ftp://host/x"})
    void redirectsToNowhereAreRefused(String location) {
        server.always("GET", "/config.json", (request, reply) -> reply.header("Location", location)
                .send(302));

        assertThat(failure("config.json").reason()).isEqualTo(Reason.BAD_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"../../../outside\"", "\"\"", "\"a/b\"", "\"a\\\\b\""})
    void anEtagThatIsNoFileNameIsRefused(String etag) {
        server.always("HEAD", "/config.json", (request, reply) -> reply.header("X-Repo-Commit", FakeHub.COMMIT)
                .header("ETag", etag)
                .send(200));

        assertThat(failure("config.json"))
                .hasMessageContaining("HF_ENDPOINT")
                .extracting(HubException::reason)
                .isEqualTo(Reason.BAD_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../outside", "main", " "})
    void aCommitThatIsNoHashIsRefused(String commit) {
        server.commit = commit;

        assertThat(failure("config.json").reason()).isEqualTo(Reason.BAD_RESPONSE);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub.snapshot(TINY, FilePatterns.everything(), DownloadListener.none()))
                .extracting(HubException::reason)
                .isEqualTo(Reason.BAD_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Log in</html>", "[]", "null", "{\"sha\": 7, \"siblings\": []}"})
    void aListThatIsNoListIsRefused(String body) {
        server.always("GET", "?blobs=true", (request, reply) -> reply.send(200, body.getBytes(US_ASCII)));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub.snapshot(TINY, FilePatterns.everything(), DownloadListener.none()))
                .withMessageContaining("/api/models/org/tiny")
                .extracting(HubException::reason)
                .isEqualTo(Reason.BAD_RESPONSE);
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        Files.createDirectories(incomplete().getParent());
        Files.createSymbolicLink(incomplete(), full);

        assertThat(failure(FILE))
                .hasMessageContaining("full")
                .hasMessageContaining("HF_HUB_CACHE")
                .extracting(HubException::reason)
                .isEqualTo(Reason.DISK_FULL);
    }

    @Test
    void aFileLargerThanTheDiskIsNotBegun() {
        server.always("HEAD", FILE, (request, reply) -> reply.header("X-Repo-Commit", FakeHub.COMMIT)
                .header("X-Linked-Etag", FakeHub.sha256(WEIGHTS))
                .header("X-Linked-Size", "900000000000000000")
                .send(200));

        assertThat(failure(FILE))
                .hasMessageContaining("900000000000000000")
                .extracting(HubException::reason)
                .isEqualTo(Reason.DISK_FULL);
        assertThat(server.storageRequests()).isEmpty();
    }

    @Test
    void anInterruptLeavesWhatArrived() throws Exception {
        server.always("GET", STORED, (request, reply) -> reply.stall(200, WEIGHTS, 60_000));
        hub = server.client(cache).downloadTimeout(Duration.ofSeconds(30)).build();
        CountDownLatch arrived = new CountDownLatch(1);
        AtomicReference<HubException> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            failure.set(catchThrowableOfType(
                    HubException.class,
                    () -> hub.file(TINY, FILE, progress -> {
                        arrived.countDown();
                    })));
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        while (!Files.exists(incomplete()) || Files.size(incomplete()) < 60_000) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join(10_000);

        assertThat(failure.get().reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(flag.get()).isTrue();
        assertThat(incomplete()).hasBinaryContent(Arrays.copyOf(WEIGHTS, 60_000));
    }

    @Test
    void signaturesOfStorageAddressesStayOutOfMessages() {
        server.once("GET", FILE, (request, reply) -> reply.header(
                        "Location", server.storageAddress() + "/signed?signature=topsecret")
                .send(302));
        server.always("GET", "/signed?signature=topsecret", (request, reply) -> reply.send(403));

        assertThat(failure(FILE)).hasMessageContaining("/signed").hasMessageNotContaining("topsecret");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
