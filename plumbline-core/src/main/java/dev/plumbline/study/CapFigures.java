package dev.plumbline.study;

import dev.plumbline.report.CaptionedFigure;
import dev.plumbline.report.figure.GroupedBars;
import dev.plumbline.report.figure.TradeOff;
import java.util.ArrayList;
import java.util.List;

/** Figures of what a cap was chosen from, and of what it does. */
final class CapFigures {

    private CapFigures() {}

    /** The shares of a study with and without the cap. */
    static CaptionedFigure bars(CappingStudy study) {
        CapOutcome tested = CapOutcome.of(study);
        List<Measure> shares = tested.measures().all().stream()
                .filter(measure -> measure.scale() == Measure.Scale.SHARE)
                .toList();
        return new CaptionedFigure(
                "capping",
                new GroupedBars(
                        "With and without the cap",
                        "Share of answers",
                        "95 % interval",
                        shares.stream().map(Measure::name).toList(),
                        List.of(
                                new GroupedBars.Group(
                                        "as it is",
                                        shares.stream()
                                                .map(measure -> Wording.drawn(tested.baseline(measure)))
                                                .toList()),
                                new GroupedBars.Group(
                                        "capped, " + study.result().setting().label(),
                                        shares.stream()
                                                .map(measure -> Wording.drawn(study.result()
                                                        .on(measure)
                                                        .level()))
                                                .toList()))),
                "The same prompts with the same seeds, none of which took part in choosing the cap.");
    }

    /** Every setting of a sweep by harm and capability. */
    static CaptionedFigure tradeOff(CapSweep sweep) {
        CapOutcome outcome = CapOutcome.of(sweep);
        Measure harm = sweep.measures().harm();
        Measure capability = sweep.measures().capability();
        List<SettingResult> front = sweep.front();
        SettingResult chosen = sweep.recommendation().chosen();
        List<TradeOff.Point> points = new ArrayList<>();
        points.add(new TradeOff.Point(
                "no cap",
                Wording.drawn(outcome.baseline(harm)),
                Wording.drawn(outcome.baseline(capability)),
                TradeOff.Standing.BASELINE));
        for (SettingResult each : sweep.settings()) {
            points.add(new TradeOff.Point(
                    each.setting().label(),
                    Wording.drawn(each.on(harm).level()),
                    Wording.drawn(each.on(capability).level()),
                    standing(each, chosen, front)));
        }
        return new CaptionedFigure(
                "trade-off",
                new TradeOff(
                        "Every setting of the cap, on the prompts that it was chosen by",
                        Wording.capitalised(harm.name()),
                        Wording.capitalised(capability.name()),
                        points),
                "Each point is a window of layers at a percentile; its lines are 95 % intervals. Up and to the left is"
                        + " better. The table of settings also names their axes.");
    }

    private static TradeOff.Standing standing(SettingResult each, SettingResult chosen, List<SettingResult> front) {
        if (each.equals(chosen)) {
            return TradeOff.Standing.CHOSEN;
        }
        return front.contains(each) ? TradeOff.Standing.FRONT : TradeOff.Standing.BEATEN;
    }
}
