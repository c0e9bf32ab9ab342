package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser without a screen, and looks at what became of it. */
class HtmlReportBrowserIT {

    /** Six at the layer that is shown, and two across layers. */
    private static final int FIGURES_SHOWN = 8;

    private static final String DRAWN = "class=\"plot js-plotly-plot";

    private static final List<String> HOSTILE = List.of(
            "</script><script>document.title='taken'</script>",
            "<img src=x onerror=\"document.title='taken'\">",
            "\"><svg onload=document.title='taken'>",
            "<a href=\"javascript:document.title='taken'\">click</a>",
            "</noscript><b>bold</b>",
            "%{x} ${y} $\\alpha$ &amp; &#39;");

    private Chromium chromium;

    @BeforeEach
    void findBrowser() {
        chromium = Chromium.onThisMachine();
    }

    @Test
    void drawsEveryFigureAsksForNothingAndRunsNoName(@TempDir Path folder) throws Exception {
        List<String> roles =
                Stream.concat(SampleFigures.ROLES.stream(), HOSTILE.stream()).toList();
        Chromium.Visit visit = chromium.open(page(folder, roles, ""));
        String dom = visit.dom();
        assertThat(visit.complaints()).isEmpty();
        assertThat(found(dom, "data-plots=\"drawn\"")).isEqualTo(1);
        assertThat(found(dom, DRAWN)).isEqualTo(FIGURES_SHOWN);
        assertThat(found(dom, "class=\"main-svg\"")).isGreaterThanOrEqualTo(FIGURES_SHOWN);
        assertThat(found(dom, "class=\"gl-container\"")).isPositive();
        assertThat(found(dom, "<td>&lt;img src=x onerror=\"document.title='taken'\"&gt;</td>"))
                .isPositive();
        assertThat(Stream.of("<img", "<b>bold", "<a href=\"javascript", "<svg onload", "<title>taken")
                        .filter(dom::contains))
                .isEmpty();
    }

    @Test
    void drawsAnotherLayerWhenChosenAndAStillPictureWhereThereIsNoWebGl(@TempDir Path folder) throws Exception {
        Path page = page(folder, SampleFigures.ROLES, """
                <script>
                new MutationObserver((changes, observer) => {
                  observer.disconnect();
                  const choice = document.getElementById('layer');
                  choice.value = '24';
                  choice.dispatchEvent(new Event('change'));
                }).observe(document.documentElement, { attributeFilter: ['data-plots'] });
                </script>
                """);
        String dom = chromium.open(page, "--disable-3d-apis").dom();
        assertThat(found(dom, "data-layer=\"18\" aria-label=\"Layer 18\" hidden"))
                .isEqualTo(1);
        assertThat(found(dom, "data-layer=\"24\" aria-label=\"Layer 24\">")).isEqualTo(1);
        // Six figures at each of two layers and two across layers, of which two are scenes.
        assertThat(found(dom, DRAWN)).isEqualTo(12);
        assertThat(found(dom, "class=\"plot still\"")).isEqualTo(2);
    }

    /** Writes the page; an {@code extra} script is let in by a page policy that the real page does not have. */
    private static Path page(Path folder, List<String> roles, String extra) throws Exception {
        String html = HtmlReport.html(PersonaSpaceReport.page(SampleFindings.of(roles)));
        if (!extra.isEmpty()) {
            html = html.replaceFirst("script-src '[^']*'", "script-src 'unsafe-inline'")
                    .replace("</body>", extra + "</body>");
        }
        return Files.writeString(folder.resolve("report.html"), html);
    }

    private static int found(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
