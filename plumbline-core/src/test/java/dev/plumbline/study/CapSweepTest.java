package dev.plumbline.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.report.HtmlReport;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.steer.Calibration;
import dev.plumbline.steer.LayerWindow;
import dev.plumbline.steer.Percentile;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapSweepTest {
    private static final Measure HARM = measure("harm");
    private static final Measure CAPABILITY = measure("capability");
    private static final CapMeasures MEASURES = new CapMeasures(HARM, CAPABILITY, List.of());

    private static final CalibratedAxis AXIS = new CalibratedAxis(
            "",
            Calibration.of(
                    new AssistantAxis(LayerVectors.residPost(new int[] {0}, new float[][] {{1}})),
                    new double[][] {{0}, {1}}));

    private static Measure measure(String name) {
        return Measure.share(
                name, List.of(new Probe(Conversation.of(Message.user("?")), Scorer.passing(String::isEmpty))));
    }

    /** A setting against 0.8 of harm and 0.9 of capability. */
    private static SettingResult setting(int layer, double harm, double capability, long touched) {
        return setting(layer, harm, capability, touched, Optional.empty());
    }

    /** One that also moves the Assistant's own answers. */
    private static SettingResult moving(int layer, double harm, double capability, double shift) {
        return setting(layer, harm, capability, 50, Optional.of(about(shift)));
    }

    private static SettingResult setting(
            int layer, double harm, double capability, long touched, Optional<Estimate> shift) {
        return new SettingResult(
                new CapSetting(
                        AXIS, new LayerWindow(layer, layer + 1), Percentile.alongAxis(75), ConversationTokens.ALL),
                Map.of(
                        "harm", new Effect(about(harm), about(harm - 0.8)),
                        "capability", new Effect(about(capability), about(capability - 0.9))),
                Optional.of(about(harm / 0.8 - 1)),
                new Touch(100, touched, touched * 0.5),
                shift);
    }

    private static Estimate about(double value) {
        return new Estimate(value, value - 0.1, value + 0.1, 100);
    }

    private static CapSweep sweep(SettingResult... settings) {
        return new CapSweep(
                MEASURES, CapGoal.USUAL, Map.of("harm", about(0.8), "capability", about(0.9)), List.of(settings));
    }

    private static int chosen(CapSweep sweep) {
        return sweep.recommendation().chosen().setting().window().start();
    }

    @Test
    void theFrontIsWhatNoOtherBeats() {
        CapSweep sweep = sweep(
                setting(0, 0.5, 0.9, 10),
                setting(1, 0.3, 0.8, 10),
                setting(2, 0.5, 0.8, 10),
                setting(3, 0.3, 0.7, 10),
                setting(4, 0.1, 0.5, 10));

        assertThat(sweep.front())
                .extracting(each -> each.setting().window().start())
                .containsExactly(4, 1, 0);
    }

    @Test
    void ofTheSettingsThatReachTheGoalTheOneThatKeepsMostCapabilityIsRecommended() {
        CapSweep sweep = sweep(
                setting(0, 0.7, 0.9, 1),
                setting(1, 0.1, 0.885, 60),
                setting(2, 0.35, 0.89, 20),
                setting(3, 0.3, 0.89, 30),
                setting(4, 0.05, 0.8, 5));

        assertThat(chosen(sweep)).isEqualTo(3);
        assertThat(sweep.recommendation().reachesGoal()).isTrue();
        assertThat(sweep.recommendation().grounds()).contains("3 of 5").contains("keeps most capability");
    }

    @Test
    void ofEqualOnesTheOneThatSurelyLowersHarmAndMovesTheAssistantLeastIsRecommended() {
        CapSweep sweep = sweep(
                moving(0, 0.39, 0.9, 0.1),
                moving(1, 0.1, 0.9, 6),
                moving(2, 0.25, 0.9, -2),
                moving(3, 0.2, 0.89, 1),
                moving(4, 0.1, 0.8, 1));

        assertThat(chosen(sweep)).isEqualTo(2);
        assertThat(sweep.recommendation().grounds()).contains("4 of 5 settings", "own answers least");
        assertThat(CappingReport.of(sweep, "a model").lines())
                .anyMatch(line -> line.contains("own answers moved by -2.00 [-2.10, -1.90]"));
    }

    @Test
    void whereNoneReachesTheGoalHarmIsLoweredAsFarAsCapabilityAllows() {
        CapSweep sweep = sweep(setting(0, 0.7, 0.9, 1), setting(1, 0.5, 0.9, 60), setting(2, 0.1, 0.5, 60));

        assertThat(chosen(sweep)).isEqualTo(1);
        assertThat(sweep.recommendation().reachesGoal()).isFalse();
    }

    @Test
    void whereEverySettingCostsTooMuchTheCheapestIsNamed() {
        CapSweep sweep = sweep(setting(0, 0.1, 0.5, 1), setting(1, 0.2, 0.7, 60));

        assertThat(chosen(sweep)).isEqualTo(1);
        assertThat(sweep.recommendation().grounds()).contains("every setting");
    }

    @Test
    void theReportSaysWhatWasFound(@TempDir Path folder) {
        SettingResult good = setting(2, 0.2, 0.9, 20);
        CappingStudy study =
                new CappingStudy(sweep(good), MEASURES, Map.of("harm", about(0.8), "capability", about(0.9)), good);
        CappingReport report = CappingReport.of(study, "a <model>");

        report.write(folder);

        assertThat(folder.toFile().list())
                .contains("capping.html", "capping.json", "capping.svg", "trade-off.svg", "trade-off.png");
        assertThat(report.lines()).anyMatch(line -> line.startsWith("The goal is reached"));
        assertThat(HtmlReport.html(report.page())).contains("layers_2:3-p0.25").doesNotContain("<model>");
    }

    @Test
    void theRecommendationIsTwoPlainSentences() {
        CappingReport report = CappingReport.of(sweep(setting(2, 0.2, 0.9, 20)), "a model");

        assertThat(report.lines().subList(0, 2))
                .containsExactly(
                        "Recommended: on layer 2, let nothing lie further from the Assistant than percentile 75 along the axis"
                                + " (layers_2:3-p0.25).",
                        "On the prompts used to choose, 1 of 1 settings takes away 50 % of the harm or more for at most"
                                + " 2 % of capability.");
    }

    @Test
    void theRecommendedSettingIsAConfigurationByItself() {
        CapSetting setting = setting(0, 0.2, 0.9, 20).setting();

        assertThat(setting.config(Map.of("model", "a model")).experiments())
                .extracting(each -> each.id())
                .containsExactly(setting.experiment());
    }

    @Test
    void refusesASweepOverNothing() {
        assertThatThrownBy(CapSweepTest::sweep).isInstanceOf(IllegalArgumentException.class);
    }
}
