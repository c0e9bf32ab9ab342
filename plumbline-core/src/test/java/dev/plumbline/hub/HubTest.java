package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
    private static final HubRepo TINY = HubRepo.model("org/tiny");
    private static final byte[] WEIGHTS = bytes(700_000);

    @TempDir
    Path cache;

    private FakeHub server;
    private Hub hub;

    @BeforeEach
    void serve() throws IOException {
        server = new FakeHub()
                .with("config.json", "{}")
                .with("tokenizer.json", "[1]")
                .with("pytorch_model.bin", "pickle")
                .with("README.md", "# Tiny")
                .withLarge("model.safetensors", WEIGHTS);
        hub = server.client(cache).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static byte[] bytes(int n) {
        byte[] bytes = new byte[n];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void downloadsASmallFileFromTheEndpoint() {
        Path file = hub.file(TINY, "config.json");

        assertThat(file).hasContent("{}").endsWithRaw(Path.of("snapshots", FakeHub.COMMIT, "config.json"));
        assertThat(server.asked())
                .containsExactly(
                        "HEAD /org/tiny/resolve/main/config.json",
                        "GET /org/tiny/resolve/" + FakeHub.COMMIT + "/config.json");
        assertThat(server.requests()).allSatisfy(request -> assertThat(request.header("authorization"))
                .contains("Bearer " + FakeHub.TOKEN));
    }

    @Test
    void downloadsALargeFileFromTheStorageHostWithoutTheToken() {
        Path file = hub.file(TINY, "model.safetensors");

        assertThat(file).hasBinaryContent(WEIGHTS);
        assertThat(server.askedOfStorage()).containsExactly("GET /storage/model.safetensors");
        assertThat(server.tokensGivenAway()).isEmpty();
    }

    @Test
    void sendsNoTokenWithoutOne() {
        server.client(cache).token("").build().file(TINY, "config.json");

        assertThat(server.requests()).allSatisfy(request -> assertThat(request.header("authorization"))
                .isEmpty());
    }

    @Test
    void asksForUncompressedBytes() {
        hub.file(TINY, "config.json");

        assertThat(server.requests()).allSatisfy(request -> assertThat(request.header("accept-encoding"))
                .contains("identity"));
    }

    @Test
    void aFileInTheCacheIsNotDownloadedAgain() {
        Path first = hub.file(TINY, "config.json");
        Path second = hub.file(TINY, "config.json");

        assertThat(second).isEqualTo(first);
        assertThat(server.asked()).filteredOn(asked -> asked.startsWith("GET")).hasSize(1);
    }

    @Test
    void aCommitInTheCacheNeedsNoNetwork() {
        Path file = hub.file(TINY, "config.json");
        int asked = server.asked().size();

        assertThat(hub.file(TINY.at(FakeHub.COMMIT), "config.json")).isEqualTo(file);
        assertThat(server.asked()).hasSize(asked);
    }

    @Test
    void aBranchThatMovedIsFollowed() {
        Path before = hub.file(TINY, "config.json");
        server.commit = "f".repeat(40);
        server.with("config.json", "{\"new\": 1}");

        Path after = hub.file(TINY, "config.json");

        assertThat(before).hasContent("{}");
        assertThat(after).hasContent("{\"new\": 1}").isNotEqualTo(before);
        assertThat(hub.cached(TINY, "config.json")).contains(after);
    }

    @Test
    void equalContentsOfTwoCommitsAreDownloadedOnce() throws IOException {
        Path before = hub.file(TINY, "config.json");
        server.commit = "f".repeat(40);

        Path after = hub.file(TINY, "config.json");

        assertThat(after).isNotEqualTo(before).hasContent("{}");
        assertThat(server.asked()).filteredOn(asked -> asked.startsWith("GET")).hasSize(1);
        assertThat(after.toRealPath()).isEqualTo(before.toRealPath());
    }

    @Test
    void datasetsHaveTheirOwnAddressesAndFolder() {
        Path file = hub.file(HubRepo.dataset("org/tiny@v1"), "config.json");

        assertThat(server.asked()).first().isEqualTo("HEAD /datasets/org/tiny/resolve/v1/config.json");
        assertThat(cache.relativize(file)).startsWithRaw(Path.of("datasets--org--tiny"));
    }

    @Test
    void aRenamedRepositoryIsFollowed() {
        server.once("HEAD", "/org/tiny/resolve/main/config.json", (request, reply) -> reply.header(
                        "Location", "/neworg/tiny/resolve/main/config.json")
                .send(307));

        assertThat(hub.file(TINY, "config.json")).hasContent("{}");
        assertThat(server.asked()).contains("HEAD /neworg/tiny/resolve/main/config.json");
        assertThat(server.requests()).allSatisfy(request -> assertThat(request.header("authorization"))
                .isPresent());
    }

    @Test
    void offlineUsesTheCacheOnly() {
        Hub offline = server.client(cache).offline(true).build();

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> offline.file(TINY, "config.json"))
                .withMessageContaining("HF_HUB_OFFLINE")
                .withMessageContaining("config.json")
                .extracting(HubException::reason)
                .isEqualTo(Reason.NOT_CACHED);
        assertThat(server.asked()).isEmpty();

        Path file = hub.file(TINY, "config.json");

        assertThat(offline.file(TINY, "config.json")).isEqualTo(file);
    }

    @Test
    void anUnreachableHubDoesNotMatterIfTheCacheHasTheFile() throws IOException {
        Path file = hub.file(TINY, "config.json");
        server.close();

        assertThat(hub.file(TINY, "config.json")).isEqualTo(file);
        assertThat(server.sleeps).isEmpty();
    }

    @Test
    void aRefusalDoesNotMatterIfTheCacheHasTheFile() {
        Path file = hub.file(TINY, "config.json");
        server.always("HEAD", "config.json", (request, reply) -> reply.header("X-Error-Code", "GatedRepo")
                .send(403));

        assertThat(hub.file(TINY, "config.json")).isEqualTo(file);
    }

    @Test
    void aFileThatTheCommitLacksIsAskedForOnce() {
        HubRepo pinned = TINY.at(FakeHub.COMMIT);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> hub.file(pinned, "absent.json"))
                    .withMessageContaining("absent.json")
                    .extracting(HubException::reason)
                    .isEqualTo(Reason.FILE_NOT_FOUND);
        }

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aSnapshotHasWhatMatches() {
        Path folder = hub.snapshot(TINY, FilePatterns.checkpoint(), DownloadListener.none());

        assertThat(folder.getFileName()).hasToString(FakeHub.COMMIT);
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(folder)
                .isDirectoryNotContaining("glob:**.bin")
                .isDirectoryNotContaining("glob:**.md")
                .isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/tokenizer.json");
        assertThat(server.asked()).noneMatch(asked -> asked.startsWith("HEAD"));
        assertThat(server.tokensGivenAway()).isEmpty();
    }

    @Test
    void aSnapshotOfAMirrorWithoutDigestsAsksForEachFile() {
        server.always(
                "GET",
                "/api/models/org/tiny/revision/main?blobs=true",
                (request, reply) -> reply.send(
                        200,
                        ("{\"sha\":\"" + FakeHub.COMMIT + "\",\"siblings\":[{\"rfilename\":\"config.json\"}]}")
                                .getBytes(StandardCharsets.US_ASCII)));

        Path folder = hub.snapshot(TINY, FilePatterns.everything(), DownloadListener.none());

        assertThat(folder.resolve("config.json")).hasContent("{}");
        assertThat(server.asked()).contains("HEAD /org/tiny/resolve/" + FakeHub.COMMIT + "/config.json");
    }

    @Test
    void aCompleteSnapshotNeedsNoNetwork() {
        Path folder = hub.snapshot(TINY, FilePatterns.checkpoint(), DownloadListener.none());
        int asked = server.asked().size();
        Hub offline = server.client(cache).offline(true).build();

        assertThat(hub.snapshot(TINY.at(FakeHub.COMMIT), FilePatterns.checkpoint(), DownloadListener.none()))
                .isEqualTo(folder);
        assertThat(offline.snapshot(TINY, FilePatterns.checkpoint(), DownloadListener.none()))
                .isEqualTo(folder);
        assertThat(server.asked()).hasSize(asked);
    }

    @Test
    void anIncompleteSnapshotIsNotMistakenForACompleteOne() {
        hub.snapshot(TINY, FilePatterns.of("config.json"), DownloadListener.none());
        Hub offline = server.client(cache).offline(true).build();

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> offline.snapshot(TINY, FilePatterns.checkpoint(), DownloadListener.none()))
                .extracting(HubException::reason)
                .isEqualTo(Reason.NOT_CACHED);
        assertThat(offline.snapshot(TINY, FilePatterns.of("*.json").except("tok*"), DownloadListener.none()))
                .isDirectory();
    }

    @Test
    void anUnreachableHubDoesNotMatterIfTheSnapshotIsThere() throws IOException {
        Path folder = hub.snapshot(TINY, FilePatterns.checkpoint(), DownloadListener.none());
        server.close();

        assertThat(hub.snapshot(TINY, FilePatterns.checkpoint(), DownloadListener.none()))
                .isEqualTo(folder);
    }

    @Test
    void aSnapshotThatMatchesNothingIsAnError() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub.snapshot(TINY, FilePatterns.of("*.gguf"), DownloadListener.none()))
                .withMessageContaining("*.gguf")
                .extracting(HubException::reason)
                .isEqualTo(Reason.FILE_NOT_FOUND);
    }

    @Test
    void theFirstFailureEndsASnapshotAndIsTheOneReported() {
        IntStream.range(0, 20).forEach(i -> server.with("data/" + i + ".json", "{\"i\": " + i + "}"));
        server.always("GET", "data/3.json", (request, reply) -> reply.send(403));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub.snapshot(TINY, FilePatterns.everything(), DownloadListener.none()))
                .withMessageContaining("data/3.json")
                .extracting(HubException::reason)
                .isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void aHostileFileNameIsRefused() {
        server.with("../../outside.json", "{}");

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub.snapshot(TINY, FilePatterns.everything(), DownloadListener.none()))
                .withMessageContaining("../../outside.json")
                .extracting(HubException::reason)
                .isEqualTo(Reason.BAD_RESPONSE);
        assertThatIllegalArgumentException().isThrownBy(() -> hub.file(TINY, "../../outside.json"));
        assertThatIllegalArgumentException().isThrownBy(() -> hub.cached(TINY, "../../outside.json"));
    }

    @Test
    void progressEndsWithTheWholeFile() {
        List<DownloadProgress> seen = new CopyOnWriteArrayList<>();

        hub.file(TINY, "model.safetensors", seen::add);

        OptionalLong total = OptionalLong.of(WEIGHTS.length);
        assertThat(seen).first().isEqualTo(new DownloadProgress("model.safetensors", 0, total));
        assertThat(seen).last().isEqualTo(new DownloadProgress("model.safetensors", WEIGHTS.length, total));
        assertThat(seen).hasSizeGreaterThan(3);
        assertThat(seen).extracting(DownloadProgress::done).isSorted();
    }

    @Test
    void withoutSymlinksSnapshotsHoldTheFiles() throws IOException {
        Hub plain = Hub.builder(Map.of("HF_HUB_DISABLE_SYMLINKS", "1"))
                .endpoint(server.address())
                .cache(cache)
                .build();

        Path first = plain.file(TINY, "config.json");
        server.commit = "f".repeat(40);
        Path second = plain.file(TINY, "config.json");

        for (Path file : List.of(first, second)) {
            assertThat(file).hasContent("{}").satisfies(path -> assertThat(Files.isSymbolicLink(path))
                    .isFalse());
        }
    }

    @Test
    void aBrokenLinkInTheCacheIsMended() throws IOException {
        Path file = hub.file(TINY, "config.json");
        Files.delete(file.toRealPath());

        assertThat(hub.cached(TINY, "config.json")).isEmpty();
        assertThat(hub.file(TINY, "config.json")).hasContent("{}");
    }

    @Test
    void aTruncatedBlobIsNotUsed() throws IOException {
        Path file = hub.file(TINY, "model.safetensors");
        Files.write(file.toRealPath(), new byte[10]);
        Files.delete(file);

        assertThat(hub.file(TINY, "model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aHostileReferenceInTheCacheIsIgnored() throws IOException {
        Path ref = cache.resolve("models--org--tiny/refs/main");
        Files.createDirectories(ref.getParent());
        Files.writeString(ref, "../../..");

        assertThat(hub.cached(TINY, "config.json")).isEmpty();
    }

    @Test
    void aCacheThatIsAFileIsExplained() throws IOException {
        Path notAFolder = Files.createFile(cache.resolve("file"));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> server.client(notAFolder).build().file(TINY, "config.json"))
                .withMessageContaining(notAFolder.toString())
                .withMessageContaining("HF_HUB_CACHE")
                .extracting(HubException::reason)
                .isEqualTo(Reason.CACHE_UNUSABLE);
    }
}
