package dev.plumbline.study;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.pipeline.Digest;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.TreatmentDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Asks a model everything that some measures ask, under several treatments.
 *
 * @param sampling how answers are sampled
 * @param seed with the place of a probe it fixes the sampled answer, the same under every treatment
 * @param log what is in it is not asked again
 */
public record Trial(LanguageModel model, Sampling sampling, long seed, TrialLog log) {

    /** A trial that keeps nothing. */
    public Trial(LanguageModel model, Sampling sampling, long seed) {
        this(model, sampling, seed, TrialLog.NONE);
    }

    /**
     * Runs the trial: all that the log does not have is asked in one batch. What one measure asks under one arm goes to the log
     * as soon as all of it is answered and scored.
     *
     * @param arms the first is the baseline that the others are compared with
     * @param onAnswer called after each answer, of which there are probes × arms, those of the log among them
     * @throws CancellationException if the thread is interrupted; it stays interrupted
     */
    public TrialResult run(List<Measure> measures, List<Arm> arms, Runnable onAnswer) {
        List<Asking> askings = new ArrayList<>();
        for (Arm arm : arms) {
            SplittableRandom seeds = new SplittableRandom(seed);
            measures.forEach(measure -> askings.add(new Asking(measure, arm.treatment(), seeds)));
        }
        List<Answers> answers = answers(askings, onAnswer);
        List<List<Answers>> byArm = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            byArm.add(List.copyOf(answers.subList(i * measures.size(), (i + 1) * measures.size())));
        }
        return new TrialResult(measures, arms, byArm);
    }

    /** One probe of one asking. */
    private record Place(int asking, int probe) {}

    private List<Answers> answers(List<Asking> askings, Runnable onAnswer) {
        Answers[] answers = new Answers[askings.size()];
        List<Place> places = new ArrayList<>();
        List<RolloutRequest> requests = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Asking asking = askings.get(i);
            answers[i] = log.recorded(asking.key()).orElse(null);
            for (int probe = 0; probe < asking.size(); probe++) {
                if (answers[i] != null) {
                    onAnswer.run();
                } else {
                    requests.add(asking.request(probe, Integer.toString(requests.size())));
                    places.add(new Place(i, probe));
                }
            }
        }
        model.generate(
                requests,
                sampling,
                request -> askings.get(place(places, request).asking()).plan(),
                ResponseCapture.none(),
                rollout -> {
                    Place place = place(places, rollout.request());
                    Asking asking = askings.get(place.asking());
                    asking.answered(place.probe(), rollout.text()).ifPresent(all -> {
                        log.add(asking.key(), all);
                        answers[place.asking()] = all;
                    });
                    onAnswer.run();
                });
        return Arrays.asList(answers);
    }

    private static Place place(List<Place> places, RolloutRequest request) {
        return places.get(Integer.parseInt(request.id()));
    }

    /** Completions of each beginning, as {@link Completion#of} gives them. */
    List<String> completions(List<String> prefills, int each, Treatment treatment, Runnable onAnswer) {
        List<String> parts = new ArrayList<>(List.of("completions", TreatmentDigest.of(treatment), "each " + each));
        parts.addAll(prefills);
        return recall(Digest.of(parts), prefills.size() * each, onAnswer, () -> {
                    List<String> texts = new ArrayList<>();
                    for (Completion completion : Completion.of(model, prefills, each, treatment, sampling, seed)) {
                        texts.add(completion.text());
                        onAnswer.run();
                    }
                    return new Answers(texts, new double[0], Touch.NONE);
                })
                .texts();
    }

    /** What the log has, told of all at once, or what is asked now. */
    private Answers recall(String key, int count, Runnable onAnswer, Supplier<Answers> ask) {
        log.recorded(key).ifPresent(answers -> IntStream.range(0, count).forEach(i -> onAnswer.run()));
        return log.recall(key, ask);
    }
}
