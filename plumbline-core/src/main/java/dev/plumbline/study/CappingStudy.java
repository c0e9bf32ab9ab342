package dev.plumbline.study;

import dev.plumbline.statistics.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cap chosen on some prompts and measured on others.
 *
 * @param sweep the choice
 * @param measures what the chosen cap was measured by afterwards, on prompts that took no part in the choice
 * @param baseline level of each of these without a cap, by name
 * @param result what the cap does there
 */
public record CappingStudy(CapSweep sweep, CapMeasures measures, Map<String, Estimate> baseline, SettingResult result) {

    /**
     * Chooses a setting on one set of prompts, and measures it on another. The second set sees one cap only, once.
     *
     * @param choosing prompts to choose by
     * @param testing prompts to measure on, none of which is among the others
     * @param shift measures how far settings move the default Assistant's own answers, if there are any
     * @param onAnswer called after each answer; there are {@link #answers} of them
     */
    public static CappingStudy run(
            Trial trial,
            List<CapSetting> grid,
            CapMeasures choosing,
            CapMeasures testing,
            CapGoal goal,
            Optional<AssistantShift> shift,
            Runnable onAnswer) {
        CapSweep sweep = CapSweep.run(trial, grid, choosing, goal, shift, onAnswer);
        CapSetting setting = sweep.recommendation().chosen().setting();
        List<Arm> arms = List.of(Arm.untreated(), setting.arm());
        TrialResult test = trial.run(testing.all(), arms, onAnswer);
        return new CappingStudy(
                sweep,
                testing,
                testing.all().stream()
                        .collect(Collectors.toMap(Measure::name, measure -> test.level(arms.get(0), measure))),
                SettingResult.of(setting, arms.get(1), test, testing, shift));
    }

    /** Answers that a study needs. */
    public static long answers(List<CapSetting> grid, CapMeasures choosing, CapMeasures testing) {
        return CapSweep.answers(grid, choosing)
                + 2 * testing.all().stream().mapToLong(m -> m.probes().size()).sum();
    }

    /** Whether the cap reached its goal on prompts that took no part in the choice. */
    public boolean reachesGoal() {
        return sweep.goal().isReachedBy(result, measures);
    }
}
