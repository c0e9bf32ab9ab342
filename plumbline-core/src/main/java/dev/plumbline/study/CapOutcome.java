package dev.plumbline.study;

import dev.plumbline.report.Block;
import dev.plumbline.statistics.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What settings did on one set of prompts, as tables and numbers: those of the choice, or those of the test.
 *
 * @param measures what was asked
 * @param baseline level of every measure without a cap, by name
 * @param settings what each did
 */
record CapOutcome(CapMeasures measures, Map<String, Estimate> baseline, List<SettingResult> settings) {

    static CapOutcome of(CapSweep sweep) {
        return new CapOutcome(sweep.measures(), sweep.baseline(), sweep.settings());
    }

    static CapOutcome of(CappingStudy study) {
        return new CapOutcome(study.measures(), study.baseline(), List.of(study.result()));
    }

    Estimate baseline(Measure measure) {
        Estimate level = baseline.get(measure.name());
        if (level == null) {
            throw new IllegalArgumentException("There is no baseline of \"" + measure.name() + "\"");
        }
        return level;
    }

    /** One setting against none, for a terminal. */
    List<String> lines(SettingResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "  %-32s %-22s %-22s %s", "95 % intervals", "as it is", "capped", "paired change"));
        for (Measure measure : measures.all()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-32s %-22s %-22s %s  n=%d",
                    measure.name(),
                    Wording.interval(baseline(measure)),
                    Wording.interval(result.on(measure).level()),
                    Wording.interval(result.on(measure).change()),
                    measure.probes().size()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "  tokens touched %s; mean correction %.2f of the distance between roles and Assistant",
                Wording.percent(result.touch().fraction()),
                result.touch().meanCorrection()));
        result.shift()
                .ifPresent(shift -> lines.add("  the default Assistant's own answers moved by "
                        + Wording.interval(shift, 2) + " of their standard deviations  n=" + shift.n()));
        return lines;
    }

    /** Every number, for JSON. */
    Map<String, Object> numbers(List<SettingResult> front) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("baseline", baseline);
        numbers.put(
                "settings", settings.stream().map(each -> numbers(each, front)).toList());
        return numbers;
    }

    private Map<String, Object> numbers(SettingResult result, List<SettingResult> front) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("id", result.setting().id());
        numbers.put("front", front.contains(result));
        for (Measure measure : measures.all()) {
            Effect effect = result.on(measure);
            numbers.put(measure.name(), Map.of("level", effect.level(), "change", effect.change()));
        }
        result.relativeHarm().ifPresent(change -> numbers.put("relative_change_of_harm", change));
        numbers.put("touched", result.touch().fraction());
        numbers.put("mean_correction", result.touch().meanCorrection());
        result.shift().ifPresent(shift -> numbers.put("assistant_shift", shift));
        return numbers;
    }

    /** One setting against none, for a page. */
    Block comparison(SettingResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (Measure measure : measures.all()) {
            rows.add(List.of(
                    measure.name(),
                    Wording.interval(baseline(measure)),
                    Wording.interval(result.on(measure).level()),
                    Wording.interval(result.on(measure).change()),
                    Integer.toString(measure.probes().size())));
        }
        return new Block.Table(
                "With 95 % intervals",
                List.of(
                        Block.Column.text("Measure"),
                        Block.Column.number("As it is"),
                        Block.Column.number("Capped"),
                        Block.Column.number("Paired change"),
                        Block.Column.number("n")),
                rows,
                false);
    }

    /** Every setting, for a page. */
    Block table() {
        boolean shifts = settings.stream().map(SettingResult::shift).anyMatch(Optional::isPresent);
        List<Block.Column> columns = new ArrayList<>(List.of(Block.Column.text("Setting")));
        measures.all().forEach(measure -> columns.add(Block.Column.number(Wording.capitalised(measure.name()))));
        columns.add(Block.Column.number("Tokens touched"));
        columns.add(Block.Column.number("Mean correction"));
        if (shifts) {
            columns.add(Block.Column.number("Assistant moved, SD"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (SettingResult each : settings) {
            List<String> row = new ArrayList<>(List.of(each.setting().id()));
            measures.all()
                    .forEach(
                            measure -> row.add(Wording.interval(each.on(measure).level())));
            row.add(Wording.percent(each.touch().fraction()));
            row.add(String.format(Locale.ROOT, "%.2f", each.touch().meanCorrection()));
            if (shifts) {
                row.add(each.shift().map(shift -> Wording.interval(shift, 2)).orElse(""));
            }
            rows.add(row);
        }
        return new Block.Table("Every setting", columns, rows, true);
    }
}
