package dev.plumbline.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftTurn;
import dev.plumbline.drift.Scenario;
import dev.plumbline.generate.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhatMovesTest {

    /** Sees whether a message is a task, and nothing else. */
    private static final class Tasks implements Embedder {
        @Override
        public String name() {
            return "tasks";
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream()
                    .map(text -> text.startsWith("task") ? new float[] {1, 0} : new float[] {0, 1})
                    .toList();
        }
    }

    private static List<Dialogue> dialogues() {
        SplittableRandom random = new SplittableRandom(6);
        List<Dialogue> dialogues = new ArrayList<>();
        for (int c = 0; c < 12; c++) {
            List<DriftTurn> turns = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                boolean task = random.nextBoolean();
                double projection = (task ? 5 : -5) + random.nextDouble();
                turns.add(new DriftTurn(
                        "d_p0_t" + c,
                        t,
                        (task ? "task " : "feeling ") + t,
                        "…",
                        1,
                        FinishReason.STOP,
                        t == 3 ? Optional.empty() : Optional.of(new DriftTurn.Projection(0, projection))));
            }
            dialogues.add(new Dialogue(Scenario.of("d", 0, "p", c, "t"), turns, Dialogue.Ending.COMPLETE));
        }
        return dialogues;
    }

    @Test
    void findsTheMessagesThatPull() {
        List<Exchange> exchanges = new ArrayList<>();
        for (Dialogue dialogue : dialogues()) {
            exchanges.addAll(Exchange.of(dialogue.scenario().topicId(), dialogue));
        }

        WhatMoves found = WhatMoves.of(exchanges, new Tasks(), 2, 1);

        assertThat(found.next().r2().value()).isGreaterThan(0.95);
        assertThat(found.change().r2().n()).isEqualTo(12 * 4);
        assertThat(found.clusters()).hasSize(2);
        MessageCluster pulling = found.clusters().get(0);
        assertThat(pulling.exemplars()).hasSize(3).allMatch(message -> message.startsWith("feeling"));
        assertThat(pulling.projection().value()).isBetween(-5.0, -4.0);
        assertThat(pulling.projection().low()).isLessThan(pulling.projection().high());
        assertThat(found.clusters().get(1).exemplars()).allMatch(message -> message.startsWith("task"));
    }

    @Test
    void changesAreFromTheAnswerBeforeThatHasAPlace() {
        List<Exchange> exchanges = Exchange.of(7, dialogues().get(0));

        assertThat(exchanges).hasSize(5).allMatch(exchange -> exchange.conversation() == 7);
        assertThat(exchanges.get(0).change()).isEqualTo(OptionalDouble.empty());
        assertThat(exchanges.get(3).message()).endsWith(" 4");
        assertThat(exchanges.get(3).change().orElseThrow())
                .isEqualTo(exchanges.get(3).projection() - exchanges.get(2).projection());
    }
}
