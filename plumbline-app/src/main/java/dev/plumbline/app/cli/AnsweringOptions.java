package dev.plumbline.app.cli;

import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.Sampling;
import dev.plumbline.steer.Treatment;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.TranscriptProjector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model that answers in conversations: how it samples, what is done to it, and what its answers are measured along. */
final class AnsweringOptions {
    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final DirectionOptions direction = new DirectionOptions();

    @Mixin
    private final BaselineOptions baseline = new BaselineOptions();

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final InterventionOptions interventions = new InterventionOptions();

    @Option(names = "--seed", defaultValue = "0", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    LanguageModel load() {
        return model.load();
    }

    LanguageModel loadForOne() {
        return model.loadForOne();
    }

    /** The model's short name. */
    String modelName() {
        return model.name();
    }

    Path vector() {
        return direction.file();
    }

    Direction direction(LanguageModel loaded) {
        return direction.direction(loaded);
    }

    Sampling sampling() {
        return sampling.sampling();
    }

    boolean intervenes() {
        return !interventions.isEmpty();
    }

    Treatment treatment(LanguageModel loaded) {
        return interventions.treatment(loaded);
    }

    /** What projections on a direction are counted from, if that was asked for. */
    Optional<Baseline> baseline(LanguageModel loaded, Direction along) {
        return baseline.baseline(new TranscriptProjector(loaded, List.of(along)));
    }

    long seed() {
        return seed;
    }
}
