package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterventionMonitorTest {

    @Test
    void seesNothingBeforeAnythingRuns() {
        Cap cap = Cap.floor(new Direction(Site.residPost(0), new float[] {1, 0}), 1);
        InterventionStats stats = new InterventionMonitor(List.of(cap)).stats().get(0);

        assertThat(stats.intervention()).isEqualTo(cap);
        assertThat(stats.tokens()).isZero();
        assertThat(stats.touchedFraction()).isZero();
        assertThat(stats.correction().mean()).isZero();
    }

    @Test
    void tellsWhatACapDidAndChangesNothingByWatching() throws IOException, URISyntaxException {
        TinyModel.with(TinyModel.checkpoints().findFirst().orElseThrow(), DType.F32, model -> {
            int[] ids = model.ids(8, 5);
            float[] vector = new float[model.dModel()];
            vector[0] = 2;
            Direction v = new Direction(Site.residPost(0), vector);
            double[] projections = model.run(ids, HookPlan.empty(), 8).layers.get(0).stream()
                    .mapToDouble(v::projection)
                    .sorted()
                    .toArray();
            double threshold = (projections[2] + projections[3]) / 2;
            List<Intervention> interventions = List.of(Cap.floor(v, threshold), new Addition(v, 1));
            InterventionMonitor monitor = new InterventionMonitor(interventions);

            TinyModel.Residuals watched = model.run(ids, monitor.plan(Positions.ALL), 8);

            assertThat(watched.all())
                    .isEqualTo(model.run(ids, Intervention.plan(interventions, Positions.ALL), 8)
                            .all());
            InterventionStats floor = monitor.stats().get(0);
            assertThat(floor.tokens()).isEqualTo(8);
            assertThat(floor.touched()).isEqualTo(3);
            assertThat(floor.touchedFraction()).isEqualTo(3 / 8.0);
            assertThat(floor.before().min()).isCloseTo(projections[0], within(1e-5));
            assertThat(floor.before().max()).isCloseTo(projections[7], within(1e-5));
            assertThat(floor.after().min()).isCloseTo(threshold, within(1e-5));
            assertThat(floor.correction().max()).isCloseTo(threshold - projections[0], within(1e-5));
            double meanLift = threshold - (projections[0] + projections[1] + projections[2]) / 3;
            assertThat(floor.correction().mean()).isCloseTo(meanLift, within(1e-5));
            InterventionStats addition = monitor.stats().get(1);
            assertThat(addition.before().mean()).isCloseTo(floor.after().mean(), within(1e-5));
            assertThat(addition.correction().min()).isCloseTo(2, within(1e-5));
            assertThat(addition.touched()).isEqualTo(8);
        });
    }

    @Test
    void sumsOverPasses() throws IOException, URISyntaxException {
        TinyModel.with(TinyModel.checkpoints().findFirst().orElseThrow(), DType.BF16, model -> {
            float[] vector = new float[model.dModel()];
            vector[1] = 1;
            InterventionMonitor monitor =
                    new InterventionMonitor(List.of(new Ablation(new Direction(Site.residPost(0), vector))));
            HookPlan plan = monitor.plan(Positions.GENERATED);

            model.run(model.ids(9, 1), plan, 4, 6, 7, 8, 9);
            model.run(model.ids(5, 2), plan, 4, 5);

            assertThat(monitor.stats().get(0).tokens()).isEqualTo(6);
            assertThat(monitor.stats().get(0).after().max()).isZero();
        });
    }

    /** Some of these responses have a text that is tokenised otherwise than it was sampled: they are read again for their mean. */
    @Test
    void countsNoTokenTwiceWhereAResponseIsReadAgain() throws URISyntaxException {
        Path chat = Path.of(
                InterventionMonitorTest.class.getResource("/checkpoints/chat").toURI());
        try (LanguageModel model =
                LanguageModel.load(chat, LoadOptions.DEFAULT.withPrecision(LoadOptions.Precision.F32))) {
            float[] vector = new float[model.config().dModel()];
            vector[0] = 1;
            Treatment treatment =
                    Treatment.everywhere(List.of(new Addition(new Direction(Site.residPost(0), vector), 1)));
            InterventionMonitor monitor = treatment.monitor();
            List<RolloutRequest> requests = IntStream.range(0, 20)
                    .mapToObj(i -> new RolloutRequest("r" + i, Conversation.of(Message.user("Question " + i)), i))
                    .toList();
            List<Rollout> rollouts = new ArrayList<>();

            model.generate(
                    requests,
                    new Sampling(1, 1, 0, 20),
                    monitor.plan(Positions.GENERATED),
                    ResponseCapture.allOf(1),
                    rollouts::add);

            long readAgain = rollouts.stream()
                    .filter(rollout -> model.tokenizer().encode(rollout.text()).ids().length != rollout.tokens())
                    .count();
            assertThat(readAgain).isPositive();
            assertThat(monitor.stats().get(0).tokens())
                    .isEqualTo(rollouts.stream().mapToLong(Rollout::tokens).sum());
        }
    }
}
