package dev.plumbline.study;

import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.pipeline.Digest;
import dev.plumbline.steer.InterventionMonitor;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.TreatmentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** What one measure asks under one treatment, and what was answered up to now. */
final class Asking {

    private final Measure measure;
    private final String key;
    private final List<Long> seeds = new ArrayList<>();
    private final InterventionMonitor monitor;
    private final HookPlan plan;
    private final String[] texts;
    private int missing;

    /** @param seeds gives one to each probe */
    Asking(Measure measure, Treatment treatment, SplittableRandom seeds) {
        this.measure = measure;
        this.monitor = treatment.monitor();
        this.plan = treatment.plan(monitor);
        this.texts = new String[measure.probes().size()];
        this.missing = texts.length;
        for (int i = 0; i < texts.length; i++) {
            this.seeds.add(seeds.nextLong());
        }
        this.key = key(treatment);
    }

    int size() {
        return texts.length;
    }

    HookPlan plan() {
        return plan;
    }

    RolloutRequest request(int probe, String id) {
        return new RolloutRequest(id, measure.probes().get(probe).prompt(), seeds.get(probe));
    }

    /** Stands for all that the answers depend on within a trial. */
    String key() {
        return key;
    }

    private String key(Treatment treatment) {
        List<String> parts = new ArrayList<>(List.of(measure.name(), TreatmentDigest.of(treatment)));
        for (int i = 0; i < texts.length; i++) {
            parts.add(seeds.get(i) + " " + measure.probes().get(i).prompt().messages());
        }
        return Digest.of(parts);
    }

    /**
     * Takes in an answer.
     *
     * @return all of them, scored, if it is the last
     */
    Optional<Answers> answered(int probe, String text) {
        texts[probe] = text;
        missing--;
        return missing == 0 ? Optional.of(scored()) : Optional.empty();
    }

    private Answers scored() {
        List<Callable<OptionalDouble>> scorings = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            Scorer scorer = measure.probes().get(i).scorer();
            String text = texts[i];
            scorings.add(() -> scorer.score(text));
        }
        return new Answers(List.of(texts), Scoring.of(scorings), Touch.of(monitor.stats()));
    }
}
