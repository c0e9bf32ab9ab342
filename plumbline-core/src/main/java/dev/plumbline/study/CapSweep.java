package dev.plumbline.study;

import dev.plumbline.statistics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Many caps on the same prompts.
 *
 * @param measures what they were judged by
 * @param goal what they should reach
 * @param baseline level of every measure without a cap, by name
 * @param settings every cap, in the order of the grid
 */
public record CapSweep(
        CapMeasures measures, CapGoal goal, Map<String, Estimate> baseline, List<SettingResult> settings) {

    public CapSweep {
        settings = List.copyOf(settings);
        if (settings.isEmpty()) {
            throw new IllegalArgumentException("A sweep over no settings recommends none");
        }
    }

    /**
     * Tries every setting.
     *
     * @param grid settings, with different ids
     * @param shift measures how far each moves the default Assistant's own answers, if there are any
     * @param onAnswer called after each answer; there are {@link #answers} of them
     */
    public static CapSweep run(
            Trial trial,
            List<CapSetting> grid,
            CapMeasures measures,
            CapGoal goal,
            Optional<AssistantShift> shift,
            Runnable onAnswer) {
        List<Arm> arms = new ArrayList<>(List.of(Arm.untreated()));
        grid.forEach(setting -> arms.add(setting.arm()));
        TrialResult result = trial.run(measures.all(), arms, onAnswer);
        List<SettingResult> settings = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            settings.add(SettingResult.of(grid.get(i), arms.get(i + 1), result, measures, shift));
        }
        return new CapSweep(
                measures,
                goal,
                measures.all().stream()
                        .collect(Collectors.toMap(Measure::name, measure -> result.level(arms.get(0), measure))),
                settings);
    }

    /** Answers that a sweep needs. */
    public static long answers(List<CapSetting> grid, CapMeasures measures) {
        return (grid.size() + 1L)
                * measures.all().stream().mapToLong(m -> m.probes().size()).sum();
    }

    /** The settings that no other beats in harm and in capability at once, from the least harm on. */
    public List<SettingResult> front() {
        return settings.stream()
                .filter(each -> settings.stream().noneMatch(other -> beats(other, each)))
                .sorted(Comparator.comparingDouble(this::harm))
                .toList();
    }

    private boolean beats(SettingResult a, SettingResult b) {
        double lessHarm = harm(b) - harm(a);
        double moreCapability = capability(a) - capability(b);
        return lessHarm >= 0 && moreCapability >= 0 && lessHarm + moreCapability > 0;
    }

    private double harm(SettingResult result) {
        return result.on(measures.harm()).level().value();
    }

    private double capability(SettingResult result) {
        return result.on(measures.capability()).level().value();
    }

    /**
     * The setting to use: of those that reach the goal the one that keeps most capability; what is lost tends to be more on other
     * prompts than on those of the choice. Of equal ones those come first that lower harm enough with the whole of its interval,
     * then the one that moves the default Assistant's own answers least if that was measured, and else the one that lowers
     * harm most. If none reaches the goal, the one that lowers harm most among those that keep capability; if there is none of
     * those either, the one that keeps most of it.
     */
    public Recommendation recommendation() {
        List<SettingResult> reaching = settings.stream()
                .filter(each -> goal.isReachedBy(each, measures))
                .toList();
        if (!reaching.isEmpty()) {
            SettingResult chosen = least(reaching, each -> -capability(each));
            return new Recommendation(chosen, true, grounds(reaching, chosen));
        }
        List<SettingResult> able = settings.stream()
                .filter(each -> goal.keepsCapability(each, measures))
                .toList();
        if (!able.isEmpty()) {
            return new Recommendation(
                    least(able, this::harm),
                    false,
                    "none of the " + settings.size() + " settings takes away " + Wording.percent(goal.reduction())
                            + " of the harm for at most " + Wording.percent(goal.tolerance())
                            + " of capability; of the "
                            + able.size() + " that cost no more, it lowers harm most");
        }
        return new Recommendation(
                least(settings, each -> -capability(each)),
                false,
                "every setting costs more than " + Wording.percent(goal.tolerance())
                        + " of capability; it costs the least");
    }

    private String grounds(List<SettingResult> reaching, SettingResult chosen) {
        boolean one = reaching.size() == 1;
        boolean tied = reaching.stream()
                        .filter(each -> capability(each) == capability(chosen))
                        .count()
                > 1;
        return reaching.size() + " of " + settings.size() + (one ? " settings takes away " : " settings take away ")
                + Wording.percent(goal.reduction()) + " of the harm or more for at most "
                + Wording.percent(goal.tolerance()) + " of capability"
                + (one ? "" : "; of these it keeps most capability")
                + (tied && chosen.shift().isPresent()
                        ? ", and of those that keep as much it moves the default Assistant's own answers least"
                        : "");
    }

    private static double shift(SettingResult result) {
        return result.shift().map(shift -> Math.abs(shift.value())).orElse(Double.POSITIVE_INFINITY);
    }

    private SettingResult least(List<SettingResult> among, ToDoubleFunction<SettingResult> by) {
        return among.stream()
                .min(Comparator.comparingDouble(by)
                        .thenComparing(each -> !goal.surelyLowersHarm(each))
                        .thenComparingDouble(CapSweep::shift)
                        .thenComparingDouble(this::harm))
                .orElseThrow();
    }
}
