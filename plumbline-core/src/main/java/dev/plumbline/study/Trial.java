package dev.plumbline.study;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.pipeline.Digest;
import dev.plumbline.steer.InterventionMonitor;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.TreatmentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
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
     * Runs the trial, one measure under one arm after the other.
     *
     * @param arms the first is the baseline that the others are compared with
     * @param onAnswer called after each answer, of which there are probes × arms, those of the log among them
     * @throws CancellationException if the thread is interrupted; it stays interrupted
     */
    public TrialResult run(List<Measure> measures, List<Arm> arms, Runnable onAnswer) {
        List<List<Answers>> given = new ArrayList<>();
        for (Arm arm : arms) {
            SplittableRandom seeds = new SplittableRandom(seed);
            List<Answers> own = new ArrayList<>();
            for (Measure measure : measures) {
                own.add(answers(measure, arm.treatment(), requests(measure, seeds), onAnswer));
            }
            given.add(own);
        }
        return new TrialResult(measures, arms, given);
    }

    private static List<RolloutRequest> requests(Measure measure, SplittableRandom seeds) {
        List<RolloutRequest> requests = new ArrayList<>();
        for (Probe probe : measure.probes()) {
            requests.add(new RolloutRequest(Integer.toString(requests.size()), probe.prompt(), seeds.nextLong()));
        }
        return requests;
    }

    private Answers answers(Measure measure, Treatment treatment, List<RolloutRequest> requests, Runnable onAnswer) {
        String key = key(measure, treatment, requests);
        return recall(key, requests.size(), onAnswer, () -> ask(measure, treatment, requests, onAnswer));
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

    private static String key(Measure measure, Treatment treatment, List<RolloutRequest> requests) {
        List<String> parts = new ArrayList<>(List.of(measure.name(), TreatmentDigest.of(treatment)));
        requests.forEach(
                request -> parts.add(request.seed() + " " + request.prompt().messages()));
        return Digest.of(parts);
    }

    private Answers ask(Measure measure, Treatment treatment, List<RolloutRequest> requests, Runnable onAnswer) {
        InterventionMonitor monitor = treatment.monitor();
        String[] texts = new String[requests.size()];
        model.generate(requests, sampling, treatment.plan(monitor), ResponseCapture.none(), rollout -> {
            texts[Integer.parseInt(rollout.request().id())] = rollout.text();
            onAnswer.run();
        });
        List<Callable<OptionalDouble>> scorings = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            Scorer scorer = measure.probes().get(i).scorer();
            String text = texts[i];
            scorings.add(() -> scorer.score(text));
        }
        return new Answers(List.of(texts), Scoring.of(scorings), Touch.of(monitor.stats()));
    }
}
