package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the pages of conversations in a real browser, whose texts would like to take them over. */
class ConversationPagesBrowserIT {

    private static final ProjectionScale RAW = ProjectionScale.by(Optional.empty());

    private Chromium chromium;

    @BeforeEach
    void findBrowser() {
        chromium = Chromium.onThisMachine();
    }

    @Test
    void tokensAndReplaysShowTextAsText(@TempDir Path folder) throws Exception {
        Path tokens = Files.createDirectories(folder.resolve("tokens")).resolve("page.html");
        TokenPage.write(tokens, SampleChats.HOSTILE, SampleChats.reading(), 0, RAW);
        Path replay = Files.createDirectories(folder.resolve("replay")).resolve("page.html");
        ReplayPage.write(replay, SampleChats.replay(), SampleChats.HOSTILE, RAW, List.of());

        for (Path page : List.of(tokens, replay)) {
            Chromium.Visit visit = chromium.open(page);
            assertThat(visit.complaints()).isEmpty();
            assertThat(visit.dom())
                    .contains("&lt;img src=x")
                    .doesNotContain("<img", "<b>bold", "<title>taken", "<script");
        }
    }

    @Test
    void trajectoriesAreDrawn(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.html");
        HtmlReport.write(
                ProjectionReport.page(
                        List.of(SampleChats.chat("one"), SampleChats.chat(SampleChats.HOSTILE)),
                        List.of(new ProjectionReport.Along("axis", RAW, true)),
                        List.of(),
                        List.of()),
                page);

        Chromium.Visit visit = chromium.open(page);

        assertThat(visit.complaints()).isEmpty();
        assertThat(visit.dom().split("class=\"plot js-plotly-plot", -1)).hasSize(1 + 2);
        assertThat(visit.dom()).doesNotContain("<img src", "<b>bold");
    }
}
