package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser without a screen, and looks at what became of it. */
class HtmlReportBrowserIT {

    /** What a page's plots amount to at one layer and across layers. */
    private static final int FIGURES_SHOWN = 8;

    private static final List<String> HOSTILE = List.of(
            "teacher",
            "</script><script>document.title='taken'</script>",
            "<img src=x onerror=\"document.title='taken'\">",
            "\"><svg onload=document.title='taken'>",
            "<a href=\"javascript:document.title='taken'\">click</a>",
            "</noscript><b>bold</b>",
            "%{x} ${y} $\\alpha$ &amp; &#39;");

    private static Chromium chromium;

    @BeforeAll
    static void findBrowser() {
        chromium = Chromium.onThisMachine();
    }

    @Test
    void drawsEveryFigureAndAsksForNothing(@TempDir Path folder) throws Exception {
        Chromium.Visit visit = chromium.open(page(folder, SampleFigures.ROLES, ""));
        assertThat(visit.dom()).contains("data-plots=\"drawn\"");
        assertThat(count(visit.dom(), "class=\"plot js-plotly-plot")).isEqualTo(FIGURES_SHOWN);
        // Plotly marks every drawing surface of a figure; seven of the eight are SVG and one is a scene.
        assertThat(count(visit.dom(), "class=\"main-svg\"")).isGreaterThanOrEqualTo(FIGURES_SHOWN);
        assertThat(visit.dom()).contains("class=\"gl-container\"").contains("<canvas");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void showsNamesAsTheyAreAndRunsNoneOfThem(@TempDir Path folder) throws Exception {
        Chromium.Visit visit = chromium.open(page(folder, HOSTILE, ""));
        assertThat(visit.dom())
                .contains("data-plots=\"drawn\"")
                .contains("<title>Persona space of nano-persona-6l</title>")
                .doesNotContain("<img", "<b>bold", "href=\"javascript", "<svg onload");
        assertThat(count(visit.dom(), "class=\"plot js-plotly-plot")).isEqualTo(FIGURES_SHOWN);
        assertThat(visit.dom()).contains("<td>&lt;img src=x onerror=\"document.title='taken'\"&gt;</td>");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void drawsAnotherLayerWhenItIsChosen(@TempDir Path folder) throws Exception {
        Chromium.Visit visit = chromium.open(page(folder, SampleFigures.ROLES, """
                <script>
                new MutationObserver((changes, observer) => {
                  observer.disconnect();
                  const choice = document.getElementById('layer');
                  choice.value = '24';
                  choice.dispatchEvent(new Event('change'));
                }).observe(document.documentElement, { attributeFilter: ['data-plots'] });
                </script>
                """));
        assertThat(visit.dom())
                .containsPattern("<section class=\"layer\" data-layer=\"18\"[^>]* hidden")
                .doesNotContainPattern("<section class=\"layer\" data-layer=\"24\"[^>]* hidden");
        assertThat(count(visit.dom(), "class=\"plot js-plotly-plot")).isEqualTo(FIGURES_SHOWN + 6);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void showsTheStillPictureWhereThereIsNoWebGl(@TempDir Path folder) throws Exception {
        Chromium.Visit visit = chromium.open(page(folder, SampleFigures.ROLES, ""), "--disable-3d-apis");
        assertThat(visit.dom()).contains("data-plots=\"drawn\"");
        assertThat(count(visit.dom(), "class=\"plot js-plotly-plot")).isEqualTo(FIGURES_SHOWN - 1);
        assertThat(visit.dom()).containsPattern("class=\"plot still\"[^>]*data-name=\"pca-3d\"[^>]*>\\s*<svg");
    }

    /** Writes the page; an {@code extra} script is let in by a page policy that the real page does not have. */
    private static Path page(Path folder, List<String> roles, String extra) throws Exception {
        String html = HtmlReport.html(PersonaSpaceReport.page(SampleSpace.of(roles)));
        if (!extra.isEmpty()) {
            html = html.replaceFirst("script-src '[^']*'", "script-src 'unsafe-inline'")
                    .replace("</body>", extra + "</body>");
        }
        return Files.writeString(folder.resolve("report.html"), html);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
