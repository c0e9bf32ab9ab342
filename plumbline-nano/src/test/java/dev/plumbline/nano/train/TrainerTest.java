package dev.plumbline.nano.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.nano.NanoModel;
import dev.plumbline.nano.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private final Vocabulary vocabulary = Vocabulary.read(NanoModel.directory().resolve("tokenizer.json"));
    private final Shape tiny = new Shape(vocabulary.size(), 2, 32, 4, 2, 8, 48);
    private final Schedule schedule = new Schedule(10, 2, 4, 512, 1e-2, 2, 2, 1);

    @Test
    void lossFallsAndGradientsAreFinite() {
        List<Double> losses = new ArrayList<>();
        try (Trainer trainer = new Trainer(tiny, schedule, vocabulary)) {
            trainer.train(10, progress -> losses.add(progress.loss()));
            for (float gradient : Native.floats(trainer.parameters().gradient())) {
                assertThat(Float.isFinite(gradient)).isTrue();
            }
        }
        assertThat(losses).hasSize(10);
        assertThat(losses.get(0)).isBetween(7.0, 8.5);
        assertThat(losses.get(9)).isLessThan(losses.get(0) - 0.5);
    }

    @Test
    void aResumedRunEndsLikeOneThatWasNeverStopped(@TempDir Path directory) {
        Path state = directory.resolve("state");
        float[] straight;
        try (Trainer trainer = new Trainer(tiny, schedule, vocabulary)) {
            trainer.train(6, progress -> {});
            straight = trainer.weights().get();
        }
        try (Trainer trainer = new Trainer(tiny, schedule, vocabulary)) {
            trainer.train(3, progress -> {});
            trainer.save(state);
        }
        try (Trainer trainer = new Trainer(tiny, schedule, vocabulary)) {
            trainer.resume(state);
            assertThat(trainer.step()).isEqualTo(3);
            trainer.train(6, progress -> {});
            assertThat(trainer.weights().get()).isEqualTo(straight);
        }
    }

    @Test
    void damagedAndForeignStatesAreRefused(@TempDir Path directory) throws IOException {
        Path state = directory.resolve("state");
        try (Trainer trainer = new Trainer(tiny, schedule, vocabulary)) {
            trainer.save(state);
            byte[] bytes = Files.readAllBytes(state);
            bytes[bytes.length / 2] ^= 1;
            Files.write(state, bytes);
            assertThatThrownBy(() -> trainer.resume(state))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("damaged");
            Files.write(state, new byte[20]);
            assertThatThrownBy(() -> trainer.resume(state))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("20 bytes");
        }
    }

    @Test
    void progressTellsWhereTrainingStands() {
        List<TrainingListener.Progress> seen = new ArrayList<>();
        try (Trainer trainer = new Trainer(tiny, schedule, vocabulary)) {
            trainer.train(2, seen::add);
        }
        assertThat(seen).extracting(TrainingListener.Progress::step).containsExactly(1, 2);
        assertThat(seen).allSatisfy(p -> {
            assertThat(p.steps()).isEqualTo(10);
            assertThat(p.tokensPerSecond()).isPositive();
            assertThat(p.remaining()).isPositive();
        });
    }

    @Test
    void learningRateWarmsUpAndFalls() {
        Schedule schedule = new Schedule(100, 0, 1, 1, 1.0, 10, 1, 1);
        assertThat(schedule.learningRate(0)).isEqualTo(0.1);
        assertThat(schedule.learningRate(10)).isEqualTo(1.0);
        assertThat(schedule.learningRate(99)).isBetween(0.05, 0.06);
        assertThatThrownBy(() -> new Schedule(0, 0, 1, 1, 1.0, 10, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nativeMemoryIsFlatOverManySteps() {
        try (Trainer trainer = new Trainer(tiny, new Schedule(60, 0, 2, 512, 1e-3, 2, 1, 1), vocabulary)) {
            trainer.train(20, progress -> {});
            long before = org.bytedeco.javacpp.Pointer.totalCount();
            trainer.train(60, progress -> {});
            assertThat(org.bytedeco.javacpp.Pointer.totalCount()).isLessThanOrEqualTo(before + 10);
        }
    }
}
