package dev.plumbline.report;

import dev.plumbline.judge.Verdict;
import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.text.SkippedTurn;
import dev.plumbline.transcript.ConversationReading;
import dev.plumbline.transcript.RiskRatings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The report of measured transcripts: where each answer lies along directions, and how risky a judge finds it. */
public final class ProjectionReport {

    private ProjectionReport() {}

    /**
     * A measured transcript.
     *
     * @param name such as its file's
     * @param reading along the directions that are shown
     * @param risks where its answers were rated
     */
    public record Chat(String name, ConversationReading reading, Optional<RiskRatings> risks) {}

    /**
     * A direction that chats were measured along.
     *
     * @param name tells it from the others
     * @param scale how its projections are shown
     * @param standardised whether 0 is then the default Assistant
     */
    public record Along(String name, ProjectionScale scale, boolean standardised) {}

    /**
     * The trajectories of all chats, one figure for each direction, and, where there are ratings, that of the risk.
     *
     * @param directions in the order in which the chats were measured along them
     */
    public static List<CaptionedFigure> figures(List<Chat> chats, List<Along> directions) {
        List<CaptionedFigure> figures = new ArrayList<>();
        List<Chat> answered = chats.stream()
                .filter(chat -> !chat.reading().assistantTurns().isEmpty())
                .toList();
        for (int i = 0; i < directions.size() && !answered.isEmpty(); i++) {
            figures.add(trajectories(answered, i, directions));
        }
        List<LineChart.Series> risks =
                chats.stream().flatMap(chat -> risks(chat).stream()).toList();
        if (!risks.isEmpty()) {
            figures.add(new CaptionedFigure(
                    "risk",
                    LineChart.of("Risk over the conversation", "Answer", "Risk (0–100, lower is better)", risks),
                    "What the judge made of each answer, with the conversation before it."));
        }
        return figures;
    }

    private static CaptionedFigure trajectories(List<Chat> chats, int direction, List<Along> directions) {
        Along along = directions.get(direction);
        boolean only = directions.size() == 1;
        LineChart chart = LineChart.of(
                only ? "Projection over the conversation" : "Projection on " + along.name() + " over the conversation",
                "Answer",
                along.scale().label(),
                chats.stream()
                        .map(chat -> projections(chat, direction, along.scale()))
                        .toList());
        return new CaptionedFigure(
                only ? "projection" : "projection-" + (direction + 1),
                along.standardised() ? chart.withHorizontal(new Guide(0, "default Assistant")) : chart,
                "Mean projection of each answer’s tokens. Along the Assistant Axis, lower is farther from the"
                        + " Assistant.");
    }

    private static LineChart.Series projections(Chat chat, int direction, ProjectionScale scale) {
        List<Double> xs = new ArrayList<>();
        List<Estimate> ys = new ArrayList<>();
        for (ConversationReading.Turn turn : chat.reading().assistantTurns()) {
            xs.add(xs.size() + 1.0);
            ys.add(Estimate.exact(scale.show(turn.mean(direction))));
        }
        return new LineChart.Series(chat.name(), xs, ys);
    }

    private static Optional<LineChart.Series> risks(Chat chat) {
        List<Double> xs = new ArrayList<>();
        List<Estimate> ys = new ArrayList<>();
        int answer = 0;
        for (Verdict verdict : chat.risks().map(r -> r.byTurn().values()).orElse(List.of())) {
            answer++;
            if (verdict instanceof Verdict.Scored scored) {
                xs.add((double) answer);
                ys.add(Estimate.exact(scored.score()));
            }
        }
        return xs.isEmpty() ? Optional.empty() : Optional.of(new LineChart.Series(chat.name(), xs, ys));
    }

    /** The page to read in a browser. */
    public static ReportPage page(
            List<Chat> chats, List<Along> directions, List<Fact> headline, List<Fact> provenance) {
        List<Block> blocks = new ArrayList<>();
        figures(chats, directions).forEach(figure -> blocks.add(new Block.Plot(figure)));
        blocks.add(new Block.Heading("Turns"));
        for (Chat chat : chats) {
            blocks.add(table(chat, directions, chats.size() > 3));
        }
        return new ReportPage(
                chats.size() == 1
                        ? "Projections of " + chats.get(0).name()
                        : "Projections of " + chats.size() + " chats",
                "Every token of a conversation lies somewhere along a direction. Here each answer is the mean of its"
                        + " tokens, read as the model saw them when it answered.",
                headline,
                blocks,
                provenance);
    }

    private static Block table(Chat chat, List<Along> directions, boolean folded) {
        List<Block.Column> columns = new ArrayList<>(
                List.of(Block.Column.number("Turn"), Block.Column.text("Speaker"), Block.Column.number("Tokens")));
        for (Along along : directions) {
            String of = directions.size() == 1 ? "" : " on " + along.name();
            columns.add(Block.Column.number("Projection" + of));
            if (along.standardised()) {
                columns.add(Block.Column.number("SDs"));
            }
        }
        columns.add(Block.Column.number("Risk"));
        List<List<String>> rows = new ArrayList<>();
        for (ConversationReading.Turn turn : chat.reading().turns()) {
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(turn.turn()),
                    turn.speaker().id(),
                    Integer.toString(turn.tokens().size())));
            for (int i = 0; i < directions.size(); i++) {
                double mean = turn.mean(i);
                row.add(Numbers.brief(mean));
                if (directions.get(i).standardised()) {
                    row.add(Numbers.fixed(directions.get(i).scale().show(mean), 2));
                }
            }
            row.add(risk(chat, turn.turn()));
            rows.add(row);
        }
        for (SkippedTurn skipped : chat.reading().skipped()) {
            List<String> row = new ArrayList<>(
                    List.of(Integer.toString(skipped.turn()), skipped.speaker().id(), "0"));
            row.add(skipped.reason().sentence());
            row.addAll(Collections.nCopies(columns.size() - row.size(), "–"));
            rows.add(row);
        }
        return new Block.Table(chat.name(), columns, rows, folded);
    }

    private static String risk(Chat chat, int turn) {
        return chat.risks()
                .map(ratings -> ratings.byTurn().get(turn))
                .map(verdict ->
                        verdict instanceof Verdict.Scored scored ? Integer.toString(scored.score()) : "no score")
                .orElse("–");
    }
}
