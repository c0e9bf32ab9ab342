package dev.plumbline.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HookPassTest {

    private static final Site SITE = Site.residPost(3);

    private TensorScope scope;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after the test
    void open() {
        scope = TensorScope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** A stream of width 1 whose rows are 0, 1, 2, … */
    private static Tensor stream(int rows) {
        return Tensor.range(0, rows, Device.CPU).to(DType.F32).view(rows, 1);
    }

    private static float[] edited(Positions positions, TokenRun... runs) {
        List<TokenRun> planned = new ArrayList<>();
        HookPlan plan = HookPlan.empty().edit(SITE, positions, x -> x.add(100));
        int rows = 0;
        for (TokenRun run : runs) {
            planned.add(new TokenRun(run.sequence(), run.layout(), run.start(), run.length(), plan));
            rows += run.length();
        }
        return new HookPass(planned, Device.CPU).at(SITE, stream(rows)).toFloats();
    }

    private static TokenRun run(SequenceLayout layout, int start, int length) {
        return new TokenRun(0, layout, start, length, HookPlan.empty());
    }

    @Test
    void positionsAreAbsoluteHoweverTheSequenceIsCut() {
        SequenceLayout layout = SequenceLayout.prompt(4).withResponse(1, 3);

        assertThat(edited(Positions.ALL, run(layout, 0, 4))).containsExactly(100, 101, 102, 103);
        assertThat(edited(Positions.PROMPT, run(layout, 2, 4))).containsExactly(100, 101, 2, 3);
        assertThat(edited(Positions.LAST, run(layout, 0, 6))).containsExactly(0, 1, 2, 103, 4, 5);
        assertThat(edited(Positions.LAST, run(layout, 3, 1))).containsExactly(100);
        assertThat(edited(Positions.LAST, run(layout, 4, 1))).containsExactly(0);
        assertThat(edited(Positions.GENERATED, run(layout, 2, 4))).containsExactly(0, 1, 102, 103);
        assertThat(edited(Positions.RESPONSE, run(layout, 0, 6))).containsExactly(0, 101, 102, 3, 104, 105);
        assertThat(edited(Positions.RESPONSE, run(layout, 2, 2))).containsExactly(100, 1);
        assertThat(edited(Positions.TOLD, run(layout, 0, 6))).containsExactly(100, 1, 2, 103, 4, 5);
        assertThat(edited(Positions.LAST.or(Positions.GENERATED), run(layout, 2, 3)))
                .containsExactly(0, 101, 102);
    }

    @Test
    void eachSequenceOfAStreamHasItsOwnPositions() {
        assertThat(edited(
                        Positions.LAST,
                        run(SequenceLayout.prompt(2), 0, 2),
                        run(SequenceLayout.prompt(3), 0, 3),
                        run(SequenceLayout.prompt(9), 4, 2)))
                .containsExactly(0, 101, 2, 3, 104, 5, 6);
    }

    @Test
    void hooksRunInListOrder() {
        List<Float> seen = new ArrayList<>();
        Recorder recorder = rows -> (site, x) -> seen.add(x.toFloats()[0]);
        HookPlan plan = HookPlan.empty()
                .record(List.of(SITE), Positions.ALL, recorder)
                .edit(SITE, Positions.ALL, x -> x.add(1))
                .record(List.of(SITE), Positions.ALL, recorder)
                .then(HookPlan.empty().edit(SITE, Positions.ALL, x -> x.mul(10)));
        TokenRun run = new TokenRun(0, SequenceLayout.prompt(1), 0, 1, plan);

        Tensor result = new HookPass(List.of(run), Device.CPU).at(SITE, stream(1));

        assertThat(seen).containsExactly(0f, 1f);
        assertThat(result.item()).isEqualTo(10);
    }

    @Test
    void aPlanTouchesOnlyItsOwnSequences() {
        HookPlan steered = HookPlan.empty().edit(SITE, Positions.ALL, x -> x.add(100));
        SequenceLayout layout = SequenceLayout.prompt(2);
        List<TokenRun> runs = List.of(
                new TokenRun(0, layout, 0, 2, HookPlan.empty()),
                new TokenRun(1, layout, 0, 2, steered),
                new TokenRun(2, layout, 0, 1, HookPlan.empty()));

        assertThat(new HookPass(runs, Device.CPU).at(SITE, stream(5)).toFloats())
                .containsExactly(0, 1, 102, 103, 4);
    }

    @Test
    void recordersLearnWhichTokensTheRowsAre() {
        List<Rows> begun = new ArrayList<>();
        HookPlan plan = HookPlan.empty().record(List.of(SITE), Positions.GENERATED, rows -> {
            begun.add(rows);
            return (site, x) -> assertThat(x.toFloats()).containsExactly(1, 2);
        });
        List<TokenRun> runs = List.of(
                new TokenRun(7, SequenceLayout.prompt(3), 2, 2, plan),
                new TokenRun(5, SequenceLayout.prompt(1), 8, 1, plan),
                new TokenRun(6, SequenceLayout.prompt(4), 0, 4, plan));

        new HookPass(runs, Device.CPU).at(SITE, stream(7));

        assertThat(begun).hasSize(1);
        assertThat(begun.get(0).sequences()).containsExactly(7, 5);
        assertThat(begun.get(0).positions()).containsExactly(3, 8);
    }

    @Test
    void passesInWhichNothingIsTouchedNeedNoLayer() {
        HookPlan plan = HookPlan.empty().edit(SITE, Positions.GENERATED, x -> x);
        TokenRun prompt = new TokenRun(0, SequenceLayout.prompt(3), 0, 3, plan);
        TokenRun next = new TokenRun(0, SequenceLayout.prompt(3), 3, 1, plan);

        assertThat(new HookPass(List.of(prompt), Device.CPU).lastLayer()).isEmpty();
        assertThat(new HookPass(List.of(next), Device.CPU).lastLayer()).hasValue(3);
    }

    @Test
    void editsMustKeepTheShape() {
        HookPlan plan = HookPlan.empty().edit(SITE, Positions.ALL, x -> x.narrow(0, 0, 1));
        HookPass pass = new HookPass(List.of(new TokenRun(0, SequenceLayout.prompt(2), 0, 2, plan)), Device.CPU);

        assertThatThrownBy(() -> pass.at(SITE, stream(2))).hasMessageContaining("has shape [1, 1]; expected [2, 1]");
    }

    @Test
    void poolsAverageEachSequenceOverPasses() {
        try (MeanPool pool = new MeanPool(List.of(SITE), 3, 1, Device.CPU)) {
            HookPlan plan = HookPlan.empty().record(List.of(SITE), Positions.ALL, pool);
            SequenceLayout layout = SequenceLayout.prompt(3);
            HookPass first = new HookPass(
                    List.of(new TokenRun(2, layout, 0, 2, plan), new TokenRun(0, layout, 0, 3, plan)), Device.CPU);
            first.at(SITE, stream(5));
            new HookPass(List.of(new TokenRun(2, layout, 2, 1, plan)), Device.CPU)
                    .at(SITE, stream(1).add(11));

            assertThat(pool.mean(0).orElseThrow().toFloats()).containsExactly(3);
            assertThat(pool.mean(1)).isEmpty();
            assertThat(pool.mean(2).orElseThrow().toFloats()).containsExactly(4);
            assertThat(pool.mean(2).orElseThrow().shape()).containsExactly(1, 1);
            pool.reset(2);
            assertThat(pool.mean(2)).isEmpty();
        }
    }
}
