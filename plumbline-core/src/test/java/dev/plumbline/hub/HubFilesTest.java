package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.hub.HubException.Reason;
import dev.plumbline.hub.LoopbackServer.Handler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubFilesTest {
    private static final String MODELS = "/api/models/org/tiny/revision/main?blobs=true";
    private static final String DATASETS = "/api/datasets/org/tiny/revision/main?blobs=true";
    private static final Handler NOT_THERE =
            (request, reply) -> reply.header("X-Error-Code", "RepoNotFound").send(404);

    @TempDir
    Path cache;

    private FakeHub server;

    @BeforeEach
    void serve() throws IOException {
        server = new FakeHub()
                .with("README.md", "# Tiny")
                .with("small/axis.pt", "axis")
                .with("small/axis.pt.meta.json", "{}")
                .with("small/caps/config.pt", "caps")
                .with("small [1]/axis.pt", "another");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HubFiles files() {
        return new HubFiles(server.client(cache).build(), DownloadListener.none());
    }

    private HubFiles offline() {
        return new HubFiles(server.client(cache).offline(true).build(), DownloadListener.none());
    }

    private static HubName name(String text) {
        return HubName.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "org/tiny/axis.pt,                                    ?,       org/tiny,    axis.pt",
        "org/tiny@v1/a/b/axis.pt,                             ?,       org/tiny@v1, a/b/axis.pt",
        "dataset:org/tiny/axis.pt,                            DATASET, org/tiny,    axis.pt",
        "datasets/org/tiny/axis.pt,                           DATASET, org/tiny,    axis.pt",
        "model:org/tiny@main/config.json,                     MODEL,   org/tiny@main, config.json",
        "lu-christina/assistant-axis-vectors/qwen-3-32b/,     DATASET, lu-christina/assistant-axis-vectors, qwen-3-32b",
        "dataset:org/tiny,                                    DATASET, org/tiny,    ''"
    })
    void readsANameAsItIsWritten(String text, String kind, String repository, String path) {
        HubName name = name(text);

        assertThat(name.kind() == null ? "?" : name.kind().name()).isEqualTo(kind);
        assertThat(name.repository()).isEqualTo(repository);
        assertThat(name.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "axis.pt",
                "/org/tiny/axis.pt",
                "../tiny/axis.pt",
                "org/tiny/../axis.pt",
                "org//axis.pt",
                "a--b/c/d",
                "C:\\runs\\axis.pt",
                "org/tiny@/axis.pt",
                "org/tiny/a\\b",
                ""
            })
    void whatCannotBeANameIsNone(String text) {
        assertThat(HubName.parse(text)).isEmpty();
    }

    @Test
    void aPathAlwaysWinsAndAMistypedOneIsNotLookedForElsewhere() {
        // Relative to where tests run: the folder of the module.
        assertThat(HubFiles.named("src/main/java")).isEmpty();
        assertThat(HubFiles.named("src/main/jaav/Hub.java")).isEmpty();
        assertThat(HubFiles.named("dataset:src/main/jaav")).isPresent();
        assertThat(HubFiles.named("org/tiny/small/axis.pt")).isPresent();
    }

    @Test
    void aFileComesWithItsDescriptionAndIsServedOfflineThereafter() {
        Path file = files().file(name("dataset:org/tiny/small/axis.pt"));

        assertThat(file).hasContent("axis");
        assertThat(file.resolveSibling("axis.pt.meta.json")).hasContent("{}");
        assertThat(file.resolveSibling("caps")).doesNotExist();
        int asked = server.asked().size();
        assertThat(offline().file(name("org/tiny@main/small/axis.pt"))).isEqualTo(file);
        assertThat(server.asked()).hasSize(asked);
    }

    @Test
    void aNameOfNeitherKindIsOfTheOneThatThereIs() {
        server.always("GET", MODELS, NOT_THERE);
        assertThat(files().file(name("org/tiny/small/caps/config.pt"))).hasContent("caps");
        assertThat(cache.resolve("datasets--org--tiny")).isDirectory();

        server.always("GET", "/api/datasets/org/other/revision/main?blobs=true", NOT_THERE);
        assertThat(files().file(name("org/other/small/axis.pt"))).hasContent("axis");
        assertThat(cache.resolve("models--org--other")).isDirectory();
    }

    @Test
    void whatADataSetAndAModelHaveIsAmbiguousUnlessTheCacheHasOnlyOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files().file(name("org/tiny/small/axis.pt")))
                .withMessageContaining("dataset:org/tiny/small/axis.pt or model:org/tiny/small/axis.pt");

        Path ofModel = files().file(name("model:org/tiny/small/axis.pt"));
        assertThat(offline().file(name("org/tiny/small/axis.pt"))).isEqualTo(ofModel);
    }

    @Test
    void aFolderIsBroughtWholeAndItsNameIsNoPattern() throws IOException {
        Path folder = files().folder(name("dataset:org/tiny/small"));

        assertThat(folder.resolve("axis.pt")).hasContent("axis");
        assertThat(folder.resolve("caps/config.pt")).hasContent("caps");
        assertThat(folder.resolveSibling("small [1]")).doesNotExist();
        assertThat(files().any(name("dataset:org/tiny/small"))).isEqualTo(folder);
        assertThat(files().any(name("dataset:org/tiny/small [1]/axis.pt"))).hasContent("another");
        assertThat(Files.exists(folder.resolveSibling("README.md"))).isFalse();
    }

    @Test
    void aRefusalSaysWhatThereIsInstead() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> files().file(name("dataset:org/tiny/small")))
                .withMessage("small in datasets/org/tiny@" + FakeHub.COMMIT
                        + " is a folder; expected one of the files in it: axis.pt, axis.pt.meta.json, caps/");
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> files().file(name("dataset:org/tiny/small/axes/no.pt")))
                .withMessageContaining("has no small/axes/no.pt; in small there is axis.pt, axis.pt.meta.json, caps/");
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> files().folder(name("dataset:org/tiny/large")))
                .withMessageContaining("has no large; it holds README.md, small [1]/, small/");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files().file(name("dataset:org/tiny")))
                .withMessageContaining("a whole repository")
                .withMessageContaining("small/");
    }

    @Test
    void whatIsNowhereIsSaidToBeNeitherHereNorThere() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> offline().file(name("org/tiny/small/axis.pt")))
                .withMessageContaining("There is no file org/tiny/small/axis.pt here")
                .withMessageContaining("offline")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CACHED));

        server.always("GET", MODELS, NOT_THERE).always("GET", DATASETS, NOT_THERE);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> files().file(name("org/tiny/small/axis.pt")))
                .withMessageContaining("neither a data set nor a model org/tiny")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND));
    }

    @Test
    void aGatedRepositoryIsNotTakenForNone() {
        server.always("GET", MODELS, (request, reply) -> reply.header("X-Error-Code", "GatedRepo")
                        .send(403))
                .always("GET", DATASETS, NOT_THERE);

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> files().file(name("org/tiny/small/axis.pt")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.GATED));
    }

    /** What Python downloaded file by file leaves no list of all files. */
    @Test
    void offlineWithoutAListOfFilesWhatIsThereIsFound() {
        Hub hub = server.client(cache).build();
        Path axis = hub.file(HubRepo.dataset("org/tiny"), "small/axis.pt");

        assertThat(cache.resolve("datasets--org--tiny/trees")).doesNotExist();
        assertThat(offline().file(name("org/tiny/small/axis.pt"))).isEqualTo(axis);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> offline().file(name("org/tiny/small/caps/config.pt")))
                .withMessageContaining("Offline")
                .withMessageContaining("no small/caps/config.pt; in small there is axis.pt")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CACHED));
    }
}
