package dev.plumbline.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a Hub says no becomes a sentence that says what to do. */
class RefusalTest {
    @TempDir
    Path cache;

    private FakeHub server;

    @BeforeEach
    void serve() throws IOException {
        server = new FakeHub().with("config.json", "{}");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(textBlock = """
                    401, GatedRepo,        '',                                              GATED,                false, log in
                    403, GatedRepo,        '',                                              GATED,                true,  accept its terms
                    401, '',               '',                                              REPOSITORY_NOT_FOUND, false, set HF_TOKEN or log in
                    401, '',               '',                                              REPOSITORY_NOT_FOUND, true,  your token may see it
                    404, RepoNotFound,     '',                                              REPOSITORY_NOT_FOUND, true,  check the name
                    401, '',               'Invalid credentials in Authorization header',   FORBIDDEN,            true,  has expired
                    403, '',               'needs permission',                              FORBIDDEN,            true,  needs permission
                    404, RevisionNotFound, '',                                              REVISION_NOT_FOUND,   true,  after '@'
                    404, EntryNotFound,    '',                                              FILE_NOT_FOUND,       true,  config.json
                    404, '',               '',                                              FILE_NOT_FOUND,       true,  config.json
                    429, '',               '',                                              UNAVAILABLE,          false, log in for a higher limit
                    503, '',               '',                                              UNAVAILABLE,          true,  Try again later
                    400, '',               'bad',                                           BAD_RESPONSE,         true,  HF_ENDPOINT
                    """)
    void saysWhatToDo(int status, String code, String detail, Reason reason, boolean token, String advice) {
        server.always("HEAD", "/config.json", (request, reply) -> reply.header("X-Error-Code", code)
                .header("X-Error-Message", detail)
                .send(status));
        Hub hub = server.client(cache).token(token ? FakeHub.TOKEN : "").build();

        HubException refusal =
                catchThrowableOfType(HubException.class, () -> hub.file(HubRepo.model("org/tiny"), "config.json"));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal)
                .hasMessageContaining(advice)
                .message()
                .doesNotContain(FakeHub.TOKEN)
                .contains(reason == Reason.FORBIDDEN && detail.startsWith("Invalid") ? "Hub" : "org/tiny");
        assertThat(refusal.retriable()).isEqualTo(reason == Reason.UNAVAILABLE);
    }
}
