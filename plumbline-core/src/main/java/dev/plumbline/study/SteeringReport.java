package dev.plumbline.study;

import dev.plumbline.report.Block;
import dev.plumbline.report.CaptionedFigure;
import dev.plumbline.report.Fact;
import dev.plumbline.report.ReportPage;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A study of steering as lines, numbers, figures and a page.
 *
 * @param model its name
 * @param direction what was steered along, in words
 * @param unit of the strengths
 * @param prompts what was asked
 * @param response what came of it
 */
public record SteeringReport(
        String model, String direction, String unit, List<Conversation> prompts, DoseResponse response) {

    /** The page's file. */
    public static final String PAGE = "steering.html";

    /** Prompts whose answers the page shows. */
    private static final int EXAMPLES = 3;

    public SteeringReport {
        prompts = List.copyOf(prompts);
    }

    /** A table for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int g = 0; g < response.gauges().size(); g++) {
            lines.add(response.gauges().get(g).name());
            for (int s = 0; s < response.strengths().size(); s++) {
                Estimate level = response.levels().get(g).get(s);
                lines.add(String.format(
                        Locale.ROOT,
                        "  %+7.3g %s   %s  n=%d",
                        response.strengths().get(s),
                        unit,
                        Wording.interval(level),
                        level.n()));
            }
        }
        return lines;
    }

    /** Every number and every answer, for JSON. */
    public Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("model", model);
        numbers.put("direction", direction);
        numbers.put("unit", unit);
        List<Map<String, Object>> strengths = new ArrayList<>();
        for (int s = 0; s < response.strengths().size(); s++) {
            Map<String, Object> levels = new LinkedHashMap<>();
            for (int g = 0; g < response.gauges().size(); g++) {
                levels.put(
                        response.gauges().get(g).name(),
                        Map.of(
                                "level", response.levels().get(g).get(s),
                                "change", response.changes().get(g).get(s)));
            }
            Map<String, Object> at = new LinkedHashMap<>();
            at.put("strength", response.strengths().get(s));
            at.put("measures", levels);
            at.put("answers", response.answers().get(s));
            strengths.add(at);
        }
        numbers.put("strengths", strengths);
        return numbers;
    }

    /** Shares and means over strength. */
    public List<CaptionedFigure> figures() {
        List<CaptionedFigure> figures = new ArrayList<>();
        if (has(Measure.Scale.SHARE)) {
            figures.add(response.figure(
                    Measure.Scale.SHARE, "steering-shares", "Who answers, by strength of steering", label()));
        }
        if (has(Measure.Scale.NUMBER)) {
            figures.add(response.figure(
                    Measure.Scale.NUMBER, "steering-scores", "Scores, by strength of steering", label()));
        }
        return figures;
    }

    private boolean has(Measure.Scale scale) {
        return response.gauges().stream().anyMatch(gauge -> gauge.scale() == scale);
    }

    private String label() {
        return "Strength (" + unit + "); more is toward where the direction points";
    }

    /** Writes the page, the numbers and the figures into a folder. */
    public void write(Path folder) {
        new ReportFolder(folder).write(PAGE, page(), figures(), numbers());
    }

    /** The page. */
    public ReportPage page() {
        List<Block> blocks = new ArrayList<>();
        figures().forEach(figure -> blocks.add(new Block.Plot(figure)));
        blocks.add(new Block.Heading("What it said"));
        blocks.add(examples());
        return new ReportPage(
                "Steering " + model,
                "The same prompts with the same seeds, while a direction is added to the residual stream with growing"
                        + " strength.",
                List.of(
                        new Fact("Direction", direction),
                        new Fact("Prompts", Integer.toString(prompts.size())),
                        new Fact(
                                "Strengths",
                                Integer.toString(response.strengths().size()))),
                blocks,
                List.of(new Fact("Intervals", "95 %; Wilson for shares, bootstrap for means")));
    }

    private Block examples() {
        List<List<String>> rows = new ArrayList<>();
        List<String> questions = prompts.stream().map(SteeringReport::question).toList();
        for (String question : questions.stream().distinct().limit(EXAMPLES).toList()) {
            int p = questions.indexOf(question);
            for (int s = 0; s < response.strengths().size(); s++) {
                rows.add(List.of(
                        question,
                        String.format(Locale.ROOT, "%+.3g", response.strengths().get(s)),
                        response.answers().get(s).get(p)));
            }
        }
        return new Block.Table(
                "The first prompts at every strength",
                List.of(Block.Column.text("Prompt"), Block.Column.number("Strength"), Block.Column.text("Answer")),
                rows,
                false);
    }

    private static String question(Conversation prompt) {
        List<Message> messages = prompt.messages();
        return messages.get(messages.size() - 1).content();
    }
}
