package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tokens of which sequences are touched, and in what order, on a real decoder. */
class InterventionPlanTest {

    private interface Check {
        void run(TinyModel model) throws Exception;
    }

    private static void onModel(Check check) throws Exception {
        TinyModel.with(TinyModel.checkpoints().findFirst().orElseThrow(), DType.F32, model -> {
            try {
                check.run(model);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Direction ones(TinyModel model, Site site) {
        float[] vector = new float[model.dModel()];
        Arrays.fill(vector, 1);
        return new Direction(site, vector);
    }

    private static Addition addition(TinyModel model, int layer) {
        return new Addition(ones(model, Site.residPost(layer)), 0.5);
    }

    /** The tokens at which two runs differ at a layer. */
    private static List<Integer> changed(TinyModel.Residuals a, TinyModel.Residuals b, int layer) {
        return IntStream.range(0, a.layers.get(layer).size())
                .filter(i -> !Arrays.equals(
                        a.layers.get(layer).get(i), b.layers.get(layer).get(i)))
                .boxed()
                .toList();
    }

    @Test
    void withoutInterventionsThePlanIsEmpty() {
        assertThat(Intervention.plan(List.of(), Positions.ALL)).isSameAs(HookPlan.empty());
        assertThat(new InterventionMonitor(List.of()).plan(Positions.ALL)).isSameAs(HookPlan.empty());
    }

    @Test
    void nothingIsLeftInTheModelAfterACall() throws Exception {
        onModel(model -> {
            int[] ids = model.ids(8, 6);
            TinyModel.Residuals before = model.run(ids, HookPlan.empty(), 8);
            Treatment treatment = Treatment.everywhere(List.of(addition(model, 0)));
            HookPlan failing = treatment.plan().edit(Site.residPost(1), Positions.ALL, h -> {
                throw new IllegalStateException("halfway");
            });

            assertThat(model.run(ids, treatment.plan(), 8).all()).isNotEqualTo(before.all());
            assertThatThrownBy(() -> model.run(ids, failing, 8)).hasMessage("halfway");

            assertThat(model.run(ids, Treatment.none().plan(), 8).all()).isEqualTo(before.all());
        });
    }

    @Test
    void positionsAreThoseOfTheSequenceHoweverTheTokensArrive() throws Exception {
        onModel(model -> {
            int[] ids = model.ids(9, 1);
            TinyModel.Residuals plain = model.run(ids, HookPlan.empty(), 5, 9);
            List<Addition> additions = List.of(addition(model, 0));

            record Expected(Positions positions, List<Integer> tokens) {}
            for (Expected expected : List.of(
                    new Expected(Positions.ALL, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8)),
                    new Expected(Positions.PROMPT, List.of(0, 1, 2, 3, 4)),
                    new Expected(Positions.LAST, List.of(4)),
                    new Expected(Positions.GENERATED, List.of(5, 6, 7, 8)),
                    new Expected(Positions.RESPONSE, List.of(5, 6, 7, 8)),
                    new Expected(Positions.TOLD, List.of(0, 1, 2, 3, 4)),
                    new Expected(Positions.LAST.or(Positions.GENERATED), List.of(4, 5, 6, 7, 8)))) {
                HookPlan plan = Intervention.plan(additions, expected.positions());
                assertThat(changed(plain, model.run(ids, plan, 5, 9), 0)).isEqualTo(expected.tokens());
                // Chunked otherwise, the unhooked residuals differ in their last bits: compare like with like.
                TinyModel.Residuals oneByOne = model.run(ids, HookPlan.empty(), 5, 6, 7, 8, 9);
                assertThat(changed(oneByOne, model.run(ids, plan, 5, 6, 7, 8, 9), 0))
                        .isEqualTo(expected.tokens());
            }
        });
    }

    @Test
    void interventionsAtOneSiteRunInTheOrderOfTheList() throws Exception {
        onModel(model -> {
            int[] ids = model.ids(6, 2);
            Direction v = ones(model, Site.residPost(1));
            Addition up = Addition.ofLength(v, 50);
            Cap ceiling = Cap.ceiling(v, 3);

            TinyModel.Residuals cappedLast = model.run(ids, Intervention.plan(List.of(up, ceiling), Positions.ALL), 6);
            TinyModel.Residuals cappedFirst = model.run(ids, Intervention.plan(List.of(ceiling, up), Positions.ALL), 6);

            for (int i = 0; i < ids.length; i++) {
                assertThat(v.projection(cappedLast.layers.get(1).get(i))).isLessThan(3.001);
                assertThat(v.projection(cappedFirst.layers.get(1).get(i))).isBetween(20.0, 53.001);
            }
        });
    }

    @Test
    void interventionsMayBeAtAnyPointOfABlock() throws Exception {
        onModel(model -> {
            int[] ids = model.ids(6, 2);
            Direction v = ones(model, new Site(1, HookPoint.RESID_PRE));
            TinyModel.Residuals before =
                    model.run(ids, Intervention.plan(List.of(new Addition(v, 1)), Positions.ALL), 6);
            TinyModel.Residuals after = model.run(
                    ids, Intervention.plan(List.of(new Addition(ones(model, Site.residPost(0)), 1)), Positions.ALL), 6);

            // What enters block 1 is what left block 0.
            assertThat(before.layer(1)).isEqualTo(after.layer(1));
        });
    }

    @Test
    void sequencesOfOneBatchMayHaveDifferentInterventions() throws Exception {
        onModel(model -> {
            List<int[]> sequences = List.of(model.ids(7, 1), model.ids(4, 2), model.ids(9, 3));
            Direction v = ones(model, Site.residPost(0));
            List<HookPlan> plans = List.of(
                    Intervention.plan(List.of(Cap.ceiling(v, -100)), Positions.ALL),
                    HookPlan.empty(),
                    Intervention.plan(List.of(Cap.floor(v, 100), addition(model, 1)), Positions.LAST));
            List<TinyModel.Residuals> plain = model.batch(sequences, List.of(plans.get(1), plans.get(1), plans.get(1)));

            List<TinyModel.Residuals> mixed = model.batch(sequences, plans);

            assertThat(changed(plain.get(0), mixed.get(0), 0)).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(mixed.get(0).layers.get(0))
                    .allSatisfy(h -> assertThat(v.projection(h)).isBetween(-100.001, -99.999));
            assertThat(mixed.get(1).all()).isEqualTo(plain.get(1).all());
            assertThat(changed(plain.get(2), mixed.get(2), 0)).containsExactly(8);
            assertThat(v.projection(mixed.get(2).layers.get(0).get(8))).isBetween(99.999, 100.001);
            assertThat(changed(plain.get(2), mixed.get(2), 1)).containsExactly(8);
        });
    }

    @Test
    void aPlanCanBeSharedByThreads() throws Exception {
        onModel(model -> {
            int[] ids = model.ids(12, 4);
            HookPlan plan = Intervention.plan(
                    List.of(Cap.floor(ones(model, Site.residPost(0)), 5), addition(model, 1)), Positions.ALL);
            TinyModel.Residuals expected = model.run(ids, plan, 12);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<TinyModel.Residuals>> runs = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    runs.add(threads.submit(() -> model.run(ids, plan, 12)));
                }
                for (Future<TinyModel.Residuals> run : runs) {
                    assertThat(run.get().all()).isEqualTo(expected.all());
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    void refusesADirectionOfAnotherModel() throws Exception {
        onModel(model -> {
            Direction narrow = new Direction(Site.residPost(0), new float[] {1, 2, 3});
            assertThatThrownBy(() -> model.run(
                            model.ids(3, 1), Intervention.plan(List.of(new Ablation(narrow)), Positions.ALL), 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("RESID_POST")
                    .hasMessageContaining("[*, 3]");
        });
    }
}
