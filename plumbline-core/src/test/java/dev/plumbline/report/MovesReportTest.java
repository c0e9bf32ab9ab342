package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.moves.HeldOutRidge;
import dev.plumbline.moves.MessageCluster;
import dev.plumbline.moves.WhatMoves;
import dev.plumbline.report.figure.GroupedBars;
import dev.plumbline.statistics.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovesReportTest {

    /** An interval of resamples that misses its own value, as happens with few conversations. */
    private static final Estimate OFF_CENTRE = new Estimate(0.04, 0.05, 0.09, 30);

    private static final WhatMoves FOUND = new WhatMoves(
            new HeldOutRidge(new Estimate(0.57, 0.44, 0.67, 40), new double[40]),
            new HeldOutRidge(OFF_CENTRE, new double[30]),
            List.of(
                    new MessageCluster(
                            12, new Estimate(-5.26, -9.1, -2.13, 12), List.of("Is <b>anyone</b> there?", "Hm")),
                    new MessageCluster(28, new Estimate(38.92, 30.42, 44.63, 28), List.of("Add 2 & 3."))));

    @Test
    void barsAreTheNumbersFound() {
        List<CaptionedFigure> figures = MovesReport.figures(FOUND);

        assertThat(figures).extracting(CaptionedFigure::slug).containsExactly("held-out-r2", "messages");
        GroupedBars r2 = (GroupedBars) figures.get(0).figure();
        assertThat(r2.groups().get(0).bars())
                .extracting(dev.plumbline.report.figure.Estimate::value)
                .containsExactly(0.57, 0.04);
        assertThat(r2.groups().get(0).bars().get(1).low()).isEqualTo(0.04);
        GroupedBars kinds = (GroupedBars) figures.get(1).figure();
        assertThat(kinds.categories()).containsExactly("1", "2");
        assertThat(kinds.groups().get(0).bars())
                .extracting(dev.plumbline.report.figure.Estimate::high)
                .containsExactly(-2.13, 44.63);
    }

    @Test
    void thePageNamesEveryKindAndQuotesItsMessages(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("moves.html");
        HtmlReport.write(
                MovesReport.page(
                        FOUND, List.of(new Fact("Messages", "40")), List.of(new Fact("Embeddings", "a model"))),
                file);

        String html = Files.readString(file);
        assertThat(html)
                .contains("What moves the model", "Embeddings", "a model")
                .contains("Is &lt;b&gt;anyone&lt;/b&gt; there? · Hm", "Add 2 &amp; 3.")
                .contains("−5.26", "−9.10 to −2.13", "30.42 to 44.63")
                .doesNotContain("<b>anyone</b>");
        assertThat(html.indexOf("anyone")).isLessThan(html.indexOf("Add 2"));
    }
}
