package dev.plumbline.study;

import dev.plumbline.statistics.Estimate;
import dev.plumbline.statistics.PairedBootstrap;
import dev.plumbline.statistics.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** The scores of every answer of a trial, and what they say of the treatments. The first arm is the baseline. */
public final class TrialResult {

    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(4000, 20260110);

    private final List<Measure> measures;
    private final List<Arm> arms;
    private final List<List<Answers>> answers;

    TrialResult(List<Measure> measures, List<Arm> arms, List<List<Answers>> answers) {
        this.measures = List.copyOf(measures);
        this.arms = List.copyOf(arms);
        this.answers = answers;
    }

    public List<Measure> measures() {
        return measures;
    }

    public List<Arm> arms() {
        return arms;
    }

    /** What was answered, in the order of the measure's probes. */
    public List<String> answers(Arm arm, Measure measure) {
        return of(arm, measure).texts();
    }

    /** The scores, in the order of the measure's probes; NaN where an answer could not be scored. */
    public double[] scores(Arm arm, Measure measure) {
        return of(arm, measure).scores().clone();
    }

    /** How many answers could not be scored. */
    public int unscored(Arm arm, Measure measure) {
        return (int)
                Arrays.stream(of(arm, measure).scores()).filter(Double::isNaN).count();
    }

    /** The mean score of the answers that could be scored, with Wilson's interval for shares and a bootstrap's else. */
    public Estimate level(Arm arm, Measure measure) {
        double[] scored = Arrays.stream(of(arm, measure).scores())
                .filter(s -> !Double.isNaN(s))
                .toArray();
        if (scored.length == 0) {
            throw new IllegalArgumentException(
                    "None of the answers of \"" + measure.name() + "\" under \"" + arm.name() + "\" could be scored");
        }
        return measure.scale() == Measure.Scale.SHARE
                ? Proportion.of(Math.round(Arrays.stream(scored).sum()), scored.length)
                : BOOTSTRAP.ofMeans(scored, scored, (mean, same) -> mean);
    }

    /** Mean score minus that of the baseline, over the probes that were scored under both. */
    public Estimate change(Arm arm, Measure measure) {
        return paired(arm, measure, (before, after) -> after - before);
    }

    /**
     * Change as a share of the baseline: −0.5 is half of it. Empty where the baseline is 0, or so near that it may be.
     */
    public Optional<Estimate> relativeChange(Arm arm, Measure measure) {
        try {
            return Optional.of(paired(arm, measure, (before, after) -> (after - before) / before));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the treatment changed while a measure was taken. */
    public Touch touch(Arm arm, Measure measure) {
        return of(arm, measure).touch();
    }

    /** What the treatment changed in the whole trial. */
    public Touch touch(Arm arm) {
        return measures.stream().map(measure -> touch(arm, measure)).reduce(Touch.NONE, Touch::plus);
    }

    private Estimate paired(Arm arm, Measure measure, DoubleBinaryOperator statistic) {
        double[] before = of(arms.get(0), measure).scores();
        double[] after = of(arm, measure).scores();
        int[] both = IntStream.range(0, before.length)
                .filter(i -> !Double.isNaN(before[i]) && !Double.isNaN(after[i]))
                .toArray();
        return BOOTSTRAP.ofMeans(
                Arrays.stream(both).mapToDouble(i -> before[i]).toArray(),
                Arrays.stream(both).mapToDouble(i -> after[i]).toArray(),
                statistic);
    }

    private Answers of(Arm arm, Measure measure) {
        int a = arms.indexOf(arm);
        int m = measures.indexOf(measure);
        if (a < 0 || m < 0) {
            throw new IllegalArgumentException(
                    "\"" + measure.name() + "\" under \"" + arm.name() + "\" was not part of this trial");
        }
        return answers.get(a).get(m);
    }
}
