package dev.plumbline.app.cli;

import dev.plumbline.nano.train.CorpusVocabulary;
import dev.plumbline.nano.train.Schedule;
import dev.plumbline.nano.train.Shape;
import dev.plumbline.nano.train.Trainer;
import dev.plumbline.nano.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains an organism. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train a model organism on the grammar, and write it as a Hugging Face checkpoint.",
            "",
            "Without options this is how the bundled one was made. The same command goes on where an earlier one stopped,"
                    + " and ends with the same weights."
        },
        footer = {"", "Example:", "  plumb nano train --seed 2 --steps 300 --out organism"})
final class NanoTrainCommand implements Callable<Integer> {
    /** Steps between two states on disk. */
    private static final int SAVE_EVERY = 100;

    private final Console console;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory of the checkpoint.")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "S", description = "Of weights and corpus. Default: the bundled model's.")
    private @Nullable Long seed;

    @Option(names = "--steps", paramLabel = "N", description = "Optimizer steps. Default: the bundled model's.")
    @Within(least = 1)
    private @Nullable Integer steps;

    NanoTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Schedule schedule = Schedule.bundled();
        schedule = seed == null ? schedule : schedule.withSeed(seed);
        schedule = steps == null ? schedule : schedule.withSteps(steps);
        Vocabulary vocabulary = vocabulary(schedule.seed());
        Path state = out.resolve("training.state");
        try (Trainer trainer = new Trainer(Shape.bundled(vocabulary.size()), schedule, vocabulary);
                Progress bar = console.progress("train", "steps", schedule.steps())) {
            if (Files.exists(state)) {
                trainer.resume(state);
                console.note("plumb: goes on after step " + trainer.step());
            }
            while (trainer.step() < schedule.steps()) {
                trainer.train(trainer.step() + SAVE_EVERY, progress -> {
                    bar.at(progress.step());
                    bar.note(String.format(
                            Locale.ROOT, "loss %.3f, %.0f tokens/s", progress.loss(), progress.tokensPerSecond()));
                });
                trainer.save(state);
            }
            trainer.export(out);
        }
        console.data(out.toString());
        return ExitCode.OK;
    }

    /** The corpus's own vocabulary: learnt once, then read from where it was stored, so that a resumed run keeps its ids. */
    private Vocabulary vocabulary(long seed) {
        Path file = out.resolve("tokenizer.json");
        if (!Files.exists(file)) {
            console.note("plumb: learning the vocabulary of the corpus");
            CorpusVocabulary.learn(seed).write(file);
        }
        return Vocabulary.read(file);
    }
}
