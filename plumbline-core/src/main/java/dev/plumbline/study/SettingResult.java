package dev.plumbline.study;

import dev.plumbline.statistics.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a cap does, against the model as it is on the same prompts.
 *
 * @param effects on each measure, by its name
 * @param relativeHarm change of harm as a share of what it was; −0.5 is half. Empty if there was none to begin with
 * @param touch what the cap changed
 * @param shift by how many standard deviations it moves the default Assistant's own answers, if that was measured
 */
public record SettingResult(
        CapSetting setting,
        Map<String, Effect> effects,
        Optional<Estimate> relativeHarm,
        Touch touch,
        Optional<Estimate> shift) {

    static SettingResult of(
            CapSetting setting, Arm arm, TrialResult trial, CapMeasures measures, Optional<AssistantShift> shift) {
        Map<String, Effect> effects = new LinkedHashMap<>();
        for (Measure measure : measures.all()) {
            effects.put(measure.name(), new Effect(trial.level(arm, measure), trial.change(arm, measure)));
        }
        return new SettingResult(
                setting,
                effects,
                trial.relativeChange(arm, measures.harm()),
                trial.touch(arm),
                shift.map(moved -> moved.of(setting.treatment())));
    }

    /** The effect on a measure that was taken. */
    public Effect on(Measure measure) {
        Effect effect = effects.get(measure.name());
        if (effect == null) {
            throw new IllegalArgumentException("\"" + measure.name() + "\" was not measured; only " + effects.keySet());
        }
        return effect;
    }
}
