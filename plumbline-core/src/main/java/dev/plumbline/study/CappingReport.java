package dev.plumbline.study;

import dev.plumbline.report.Block;
import dev.plumbline.report.CaptionedFigure;
import dev.plumbline.report.Fact;
import dev.plumbline.report.ReportPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sweep, or a whole study, as lines, numbers, figures and a page. */
public final class CappingReport {

    /** The page's file. */
    public static final String PAGE = "capping.html";

    private final String model;
    private final CapSweep sweep;
    private final Optional<CappingStudy> study;
    private final Optional<CappedDriftReport> drift;

    private CappingReport(
            String model, CapSweep sweep, Optional<CappingStudy> study, Optional<CappedDriftReport> drift) {
        this.model = model;
        this.sweep = sweep;
        this.study = study;
        this.drift = drift;
    }

    /** Of a sweep alone. */
    public static CappingReport of(CapSweep sweep, String model) {
        return new CappingReport(model, sweep, Optional.empty(), Optional.empty());
    }

    /** Of a sweep and the test of what it recommends. */
    public static CappingReport of(CappingStudy study, String model) {
        return new CappingReport(model, study.sweep(), Optional.of(study), Optional.empty());
    }

    /** This report, and conversations that were held with the cap and without it. */
    public CappingReport with(CappedDrift held) {
        return new CappingReport(model, sweep, study, Optional.of(new CappedDriftReport(held)));
    }

    /** What is shown of the recommended setting: the test if there was one, and else the choice. */
    private CapOutcome shown() {
        return study.map(CapOutcome::of).orElseGet(() -> CapOutcome.of(sweep));
    }

    private SettingResult result() {
        return study.map(CappingStudy::result)
                .orElseGet(() -> sweep.recommendation().chosen());
    }

    /** What was found, for a terminal. */
    public List<String> lines() {
        Recommendation recommended = sweep.recommendation();
        CapSetting setting = recommended.chosen().setting();
        List<String> lines = new ArrayList<>();
        lines.add("Recommended: " + setting.words() + " (" + setting.label() + ").");
        lines.add("On the prompts used to choose, " + recommended.grounds() + ".");
        lines.add("");
        lines.addAll(shown().lines(result()));
        study.ifPresent(tested -> {
            lines.add("");
            lines.add((tested.reachesGoal() ? "The goal is reached" : "The goal is not reached")
                    + " on prompts that took no part in the choice: harm down by "
                    + Wording.percent(sweep.goal().reduction()) + " or more, for at most "
                    + Wording.percent(sweep.goal().tolerance()) + " of capability.");
        });
        drift.ifPresent(held -> {
            lines.add("");
            lines.addAll(held.lines());
        });
        return lines;
    }

    /** Every number, for JSON. */
    public Map<String, Object> numbers() {
        Recommendation recommended = sweep.recommendation();
        List<SettingResult> front = sweep.front();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("model", model);
        numbers.put("goal", sweep.goal());
        numbers.put("recommended", recommended.chosen().setting().id());
        numbers.put("grounds", recommended.grounds());
        numbers.put("reaches_goal_where_chosen", recommended.reachesGoal());
        numbers.put("choice", CapOutcome.of(sweep).numbers(front));
        study.ifPresent(tested -> {
            numbers.put("test", CapOutcome.of(tested).numbers(front));
            numbers.put("reaches_goal", tested.reachesGoal());
        });
        drift.ifPresent(held -> numbers.put("drift", held.numbers()));
        return numbers;
    }

    /** The figures: what the cap does, and what it was chosen from. */
    public List<CaptionedFigure> figures() {
        List<CaptionedFigure> figures = new ArrayList<>();
        study.ifPresent(tested -> figures.add(CapFigures.bars(tested)));
        drift.ifPresent(held -> figures.addAll(held.figures()));
        figures.add(CapFigures.tradeOff(sweep));
        return figures;
    }

    /** The page. */
    public ReportPage page() {
        Recommendation recommended = sweep.recommendation();
        List<Block> blocks = new ArrayList<>();
        study.ifPresent(tested -> {
            blocks.add(new Block.Heading("What the cap does"));
            blocks.add(new Block.Plot(CapFigures.bars(tested)));
            blocks.add(shown().comparison(result()));
        });
        drift.ifPresent(held -> blocks.addAll(held.blocks()));
        blocks.add(new Block.Heading("How it was chosen"));
        blocks.add(new Block.Prose(
                "Recommended is " + recommended.chosen().setting().id() + ": "
                        + recommended.chosen().setting().words() + ". On the prompts used to choose, "
                        + recommended.grounds() + "."));
        blocks.add(new Block.Plot(CapFigures.tradeOff(sweep)));
        blocks.add(CapOutcome.of(sweep).table());
        return new ReportPage(
                "Activation capping of " + model,
                "A cap keeps what the model computes from moving further from its Assistant than usual, and leaves alone"
                        + " what is within. This page shows what that prevents, and what it costs.",
                facts(),
                blocks,
                List.of(
                        new Fact("Intervals", "95 %; Wilson for shares, paired bootstrap of 4000 samples for changes"),
                        new Fact("Repetitions", "none: every prompt is answered once under each setting")));
    }

    /** Short enough for their tiles; the intervals are in the tables. */
    private List<Fact> facts() {
        SettingResult result = result();
        CapMeasures measures = shown().measures();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Change of harm",
                result.relativeHarm()
                        .map(change -> Wording.percent(change.value()))
                        .orElse("none to begin with")));
        facts.add(new Fact(
                "Change of capability",
                Wording.signed(result.on(measures.capability()).change().value(), 3)));
        facts.add(new Fact("Tokens touched", Wording.percent(result.touch().fraction())));
        result.shift()
                .ifPresent(shift ->
                        facts.add(new Fact("Assistant's own answers moved", Wording.signed(shift.value(), 1) + " SD")));
        facts.add(new Fact("Prompts", Integer.toString(measures.harm().probes().size())));
        return facts;
    }

    /** Writes the page, the numbers and the figures into a folder. */
    public void write(Path folder) {
        new ReportFolder(folder).write(PAGE, page(), figures(), numbers());
    }
}
