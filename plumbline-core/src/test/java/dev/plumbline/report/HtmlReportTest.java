package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final PersonaSpace SPACE = SampleSpace.of(SampleFigures.ROLES);
    private static final String PAGE = HtmlReport.html(PersonaSpaceReport.page(SPACE));

    @Test
    void showsTheNumbersThatMatterFirst() {
        assertThat(PAGE)
                .contains("<dt>Roles</dt><dd>36</dd>")
                .contains("<dd>8512 of 8880</dd>")
                .contains("<dt>PC1–axis cosine</dt><dd>0.913</dd>")
                .contains("<dt>Components for 70\u202f% of variance</dt><dd>4</dd>")
                .contains("Lost: cut off at the token limit</td><td class=\"number\">24</td>")
                .contains("<dt>Model</dt><dd>nano-persona-6l, revision 4f1c2a9</dd>");
    }

    @Test
    void everyFigureHasATextACaptionAndAStill() {
        // Six figures at each of three layers, and two across layers.
        assertThat(count(PAGE, "<figure ")).isEqualTo(20);
        assertThat(count(PAGE, "role=\"img\" aria-label=\"")).isEqualTo(20);
        assertThat(count(PAGE, "<figcaption>")).isEqualTo(20);
        assertThat(count(PAGE, "<noscript><svg ")).isEqualTo(20);
    }

    @Test
    void opensWithTheTargetLayer() {
        assertThat(PAGE)
                .contains("<option value=\"18\" selected>")
                .contains("data-layer=\"18\" aria-label")
                .contains("data-layer=\"12\" hidden");
    }

    @Test
    void listsTheEndsOfTheAxis() {
        List<Block> blocks = ((Block.LayerChoice)
                        PersonaSpaceReport.page(SPACE).blocks().get(0))
                .layers()
                .get(1)
                .blocks();
        Block.Beside ends = (Block.Beside) blocks.stream()
                .filter(Block.Beside.class::isInstance)
                .findFirst()
                .orElseThrow();
        Block.Table most = (Block.Table) ends.blocks().get(0);
        Block.Table least = (Block.Table) ends.blocks().get(1);
        assertThat(most.rows()).hasSize(8).noneMatch(row -> row.get(0).equals("default"));
        assertThat(number(most, 0)).isGreaterThan(number(most, 7));
        assertThat(number(least, 0)).isLessThan(number(least, 7));
        assertThat(number(most, 7)).isGreaterThan(number(least, 7));
    }

    @Test
    void theSameSpaceGivesTheSameBytes() {
        assertThat(HtmlReport.html(PersonaSpaceReport.page(SampleSpace.of(SampleFigures.ROLES))))
                .isEqualTo(PAGE);
    }

    @Test
    void onlyItsOwnScriptMayRunAndNothingMayBeFetched() throws Exception {
        String script = PAGE.substring(PAGE.lastIndexOf("<script>") + 8, PAGE.lastIndexOf("</script>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        assertThat(PAGE).contains("default-src 'none'").contains("script-src 'sha256-" + hash + "' blob:;");
        assertThat(PAGE).doesNotContain("src=\"http", "href=\"http", "@import", "unsafe-eval", "connect-src");
    }

    @Test
    void hostileNamesCannotBreakOut() {
        String hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'";
        String page = HtmlReport.html(PersonaSpaceReport.page(SampleSpace.of(List.of("teacher", hostile, "ghost"))));
        assertThat(page).doesNotContain("<img src=x", "<script>alert").contains("&lt;img src=x");
        // Three layers and the trends: one JSON each figure, and the page's own two.
        assertThat(count(page, "</script>")).isEqualTo(count(page, "<figure ") + 2);
    }

    @Test
    void isAFewMegabytes() {
        assertThat(PAGE.length()).isBetween(2_500_000, 4_500_000);
    }

    @Test
    void isReplacedWholeAndLeavesNoParts(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new/report.html");
        ReportPage small = new ReportPage("t", "l", List.of(), List.of(new Block.Prose("a < b")), List.of());
        HtmlReport.write(small, file);
        HtmlReport.write(small, file);
        assertThat(Files.readString(file)).isEqualTo(HtmlReport.html(small)).contains("<p>a &lt; b</p>");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void saysWhichFileCouldNotBeWritten(@TempDir Path folder) throws Exception {
        Path blocked = Files.writeString(folder.resolve("file"), "x").resolve("report.html");
        ReportPage page = new ReportPage("t", "l", List.of(), List.of(), List.of());
        assertThatThrownBy(() -> HtmlReport.write(page, blocked))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("report.html");
    }

    @Test
    void writesPicturesForPapers(@TempDir Path folder) {
        List<Path> files = FigureFiles.write(PersonaSpaceReport.figures(SPACE).subList(0, 2), folder, 72);
        assertThat(files)
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly("axis-line.svg", "axis-line.png", "axis-histogram.svg", "axis-histogram.png");
        assertThat(files).allMatch(Files::isRegularFile);
    }

    @Test
    void refusesATargetThatItHasNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new PersonaSpace("m", SPACE.responses(), 7, SPACE.layers(), SPACE.trends(), SPACE.provenance()))
                .withMessage("Target layer 7 is not among the layers given, [12, 18, 24]");
    }

    private static double number(Block.Table table, int row) {
        return Double.parseDouble(table.rows().get(row).get(1).replace('−', '-'));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
