package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.report.figure.ChatComparison;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.transcript.Baseline;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConversationPagesTest {

    private static final ProjectionScale RAW = ProjectionScale.by(Optional.empty());

    private static final ProjectionReport.Along AXIS = new ProjectionReport.Along("axis", RAW, false);

    @Test
    void projectionsAreShownInTheBaselinesUnits() {
        ProjectionScale scale = ProjectionScale.by(Optional.of(new Baseline(10, 2, 50)));

        assertThat(scale.show(4)).isCloseTo(-3, within(1e-12));
        assertThat(scale.label()).contains("SD");
        assertThat(RAW.show(4)).isEqualTo(4);
    }

    @Test
    void everyTokenHasItsColourAndItsNumber() {
        String html = TokenPage.html("a chat", SampleChats.reading(), 0, RAW);

        Matcher tokens =
                Pattern.compile("<span class=\"c(\\d+)\" title=\"([^\"]+)\">").matcher(html);
        int found = 0;
        while (tokens.find()) {
            found++;
            double value = Double.parseDouble(tokens.group(2).replace('\u2212', '-'));
            int shade = Integer.parseInt(tokens.group(1));
            // From −3.5 to 5: the low end is rust, the high end blue.
            assertThat(shade).isEqualTo((int) Math.round(20 * (value + 3.5) / 8.5));
        }
        assertThat(found).isEqualTo(48);
        assertThat(html)
                .contains("turn 1 · assistant · mean −0.75")
                .contains("longer than the model&#39;s context")
                .contains("\n\nnew</span>")
                .doesNotContain("<img", "<b>", "<script");
    }

    @Test
    void aReplayHasOneRowForEachTurnThatBothChatsAnswer() {
        ChatComparison figure = (ChatComparison)
                ReplayPage.figure(SampleChats.replay(), "r", RAW).figure();

        assertThat(figure.turns()).hasSize(3);
        assertThat(figure.turns().get(1).left()).isZero();
        assertThat(figure.turns().get(1).rightBefore()).isEqualTo(2);
        assertThat(figure.turns().get(1).right()).isEqualTo(4);
        assertThat(figure.hasBefore()).isTrue();
    }

    @Test
    void theReplaysPageHasBothChatsInFullAndRunsNothingOfThem() {
        String html = ReplayPage.html(SampleChats.replay(), "r", RAW, List.of(new Fact("Model", "m<x>")));

        assertThat(html)
                .contains("<svg ", "Both chats in full", "2.00 before, 4.00 after", "no tokens", "m&lt;x&gt;")
                .doesNotContain("<img", "<b>", "<script");
        assertThat(html.split("<section>", -1)).hasSize(1 + 8);
    }

    @Test
    void theReplaysPageBeginsWithWhatWasSaidBeforeTheUserSpoke() {
        String html = ReplayPage.html(SampleChats.greetedReplay(), "r", RAW, List.of());

        assertThat(html)
                .contains("Be brief.</p>\n<p class=\"where\">system message</p>")
                .contains("<p class=\"answer\">Good evening ", "greeting, as in the transcript")
                .doesNotContain("<img", "<b>", "<script");
        assertThat(html.split("<section>", -1)).hasSize(1 + 2 + 8);
        String chats = html.substring(html.indexOf("Both chats in full"));
        assertThat(chats.indexOf("Good evening")).isLessThan(chats.indexOf("question 0"));
    }

    @Test
    void severalConditionsAreDrawnTogetherForEachDomain() {
        List<DriftReport.Condition> conditions = List.of(
                new DriftReport.Condition(
                        "uncapped",
                        List.of(
                                SampleChats.dialogue("tea", 0, 1),
                                SampleChats.dialogue("tea", 1, 2),
                                SampleChats.dialogue("rain_walk", 0, 2),
                                SampleChats.dialogue("rain_walk", 1, 3))),
                new DriftReport.Condition(
                        "capped", List.of(SampleChats.dialogue("tea", 0, 5), SampleChats.dialogue("tea", 1, 6))));

        List<CaptionedFigure> figures = DriftReport.figures(conditions, RAW, false);

        assertThat(figures).extracting(CaptionedFigure::slug).containsExactly("drift", "drift-rain-walk", "drift-tea");
        LineChart tea = (LineChart) figures.get(2).figure();
        assertThat(tea.series()).extracting(LineChart.Series::name).containsExactly("uncapped", "capped");
        // At the third turn nobody has an answer.
        assertThat(tea.series().get(0).xs()).containsExactly(1.0, 2.0, 4.0);
        assertThat(tea.series().get(0).ys().get(0).value()).isCloseTo(2, within(1e-12));
        assertThat(tea.series().get(0).ys().get(0).hasInterval()).isTrue();
    }

    @Test
    void risksAreDrawnWhereThereAreScores() {
        List<CaptionedFigure> figures =
                ProjectionReport.figures(List.of(SampleChats.chat("one"), SampleChats.chat("two")), List.of(AXIS));

        assertThat(figures).extracting(CaptionedFigure::slug).containsExactly("projection", "risk");
        LineChart risk = (LineChart) figures.get(1).figure();
        assertThat(risk.series().get(0).xs()).containsExactly(1.0, 2.0);
        String page = HtmlReport.html(
                ProjectionReport.page(List.of(SampleChats.chat("one")), List.of(AXIS), List.of(), List.of()));
        assertThat(page).contains(">75</td>", ">no score</td>", "longer than the model");
    }

    @Test
    void everyDirectionHasAChartAndColumns() {
        ProjectionReport.Along calm =
                new ProjectionReport.Along("calm", ProjectionScale.by(Optional.of(new Baseline(100, 2, 9))), true);
        List<ProjectionReport.Chat> chats = List.of(SampleChats.alongTwo("one"));

        List<CaptionedFigure> figures = ProjectionReport.figures(chats, List.of(AXIS, calm));

        assertThat(figures).extracting(CaptionedFigure::slug).containsExactly("projection-1", "projection-2");
        LineChart second = (LineChart) figures.get(1).figure();
        assertThat(second.title()).contains("calm");
        assertThat(second.series().get(0).ys().get(0).value()).isCloseTo(2, within(1e-12));
        String page = HtmlReport.html(ProjectionReport.page(chats, List.of(AXIS, calm), List.of(), List.of()));
        assertThat(page).contains("Projection on axis", "Projection on calm", ">104</td>", ">2.00</td>");
    }
}
