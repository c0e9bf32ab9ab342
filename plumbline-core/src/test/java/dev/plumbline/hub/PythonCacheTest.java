package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The cache that huggingface_hub made is read, and the cache that is written is the one that it would have made. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege there")
class PythonCacheTest {
    private static final JsonNode GOLDEN = Golden.read("cache.json");
    private static final String COMMIT = GOLDEN.get("commit").asText();
    private static final String MISSING = GOLDEN.get("missing").asText();
    private static final HubRepo TINY = HubRepo.model("org/tiny");

    @TempDir
    Path cache;

    private FakeHub server;

    @BeforeEach
    void serve() throws IOException {
        server = new FakeHub();
        server.commit = COMMIT;
        for (JsonNode file : GOLDEN.get("files")) {
            String content = file.get("content").asText();
            if (file.get("large").asBoolean()) {
                server.withLarge(file.get("path").asText(), content.getBytes(StandardCharsets.UTF_8));
            } else {
                server.with(file.get("path").asText(), content);
            }
        }
    }

    @Test
    void readsWhatPythonWrote() throws IOException {
        for (JsonNode entry : GOLDEN.get("layout")) {
            Path path = cache.resolve(entry.get("path").asText());
            Files.createDirectories(path.getParent());
            if (entry.has("link")) {
                Files.createSymbolicLink(path, Path.of(entry.get("link").asText()));
            } else {
                Files.writeString(path, entry.get("content").asText());
            }
        }
        Hub offline = server.client(cache).offline(true).build();

        for (JsonNode file : GOLDEN.get("files")) {
            String name = file.get("path").asText();
            for (HubRepo repo : List.of(TINY, TINY.at(COMMIT), TINY.at("refs/pr/1"))) {
                assertThat(offline.file(repo, name))
                        .hasContent(file.get("content").asText());
                assertThat(offline.cached(repo, name)).contains(offline.file(repo, name));
            }
        }
        assertThat(offline.snapshot(TINY, FilePatterns.everything(), DownloadListener.none()))
                .isEqualTo(cache.resolve("models--org--tiny/snapshots/" + COMMIT));
        assertThat(offline.cached(HubRepo.dataset("org/tiny@v1"), "config.json"))
                .isPresent();
        assertThat(offline.cached(HubRepo.dataset("org/tiny@v2"), "config.json"))
                .isEmpty();
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> offline.file(TINY, MISSING))
                .extracting(HubException::reason)
                .isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void writesWhatPythonWouldHaveWritten() throws IOException {
        Hub hub = server.client(cache).build();

        hub.snapshot(TINY, FilePatterns.everything(), DownloadListener.none());
        hub.file(TINY.at("refs/pr/1"), "config.json");
        hub.file(HubRepo.dataset("org/tiny@v1"), "config.json");
        assertThatExceptionOfType(HubException.class).isThrownBy(() -> hub.file(TINY, MISSING));

        assertThat(layout()).containsExactlyEntriesOf(goldenLayout());
    }

    private static Map<String, Object> goldenLayout() throws IOException {
        Map<String, Object> layout = new TreeMap<>();
        for (JsonNode entry : GOLDEN.get("layout")) {
            String path = entry.get("path").asText();
            layout.put(
                    path,
                    entry.has("link")
                            ? Path.of(entry.get("link").asText())
                            : content(path, entry.get("content").asText()));
        }
        return layout;
    }

    private Map<String, Object> layout() throws IOException {
        Map<String, Object> layout = new TreeMap<>();
        List<Path> paths;
        try (Stream<Path> all = Files.walk(cache)) {
            paths = all.filter(path -> !Files.isDirectory(path)).toList();
        }
        for (Path path : paths) {
            String name = cache.relativize(path).toString();
            layout.put(
                    name,
                    Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : content(name, Files.readString(path)));
        }
        return layout;
    }

    /** JSON is compared as such, since its white space does not matter. */
    private static Object content(String path, String text) throws IOException {
        return path.contains("/trees/") ? new ObjectMapper().readTree(text) : text;
    }
}
