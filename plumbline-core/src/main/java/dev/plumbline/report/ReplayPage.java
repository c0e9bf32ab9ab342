package dev.plumbline.report;

import static dev.plumbline.report.figure.Markup.escape;

import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftTurn;
import dev.plumbline.drift.Replay;
import dev.plumbline.report.draw.StillPicture;
import dev.plumbline.report.figure.ChatComparison;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A replayed transcript as one HTML file without scripts: the picture with its three panels, and below it both chats in
 * full beside each other.
 */
public final class ReplayPage {

    private static final String PLAIN = "Default";
    private static final String TREATED = "Under intervention";

    private ReplayPage() {}

    /**
     * The picture, of the turns that both chats have and in which both answers have tokens.
     *
     * @throws IllegalArgumentException if there is no such turn
     */
    public static CaptionedFigure figure(Replay replay, String name, ProjectionScale scale) {
        List<ChatComparison.Turn> turns = new ArrayList<>();
        List<DriftTurn> plain = replay.plain().turns();
        List<DriftTurn> treated = replay.treated().turns();
        for (int i = 0; i < Math.min(plain.size(), treated.size()); i++) {
            DriftTurn left = plain.get(i);
            DriftTurn right = treated.get(i);
            if (left.projection().isPresent() && right.projection().isPresent()) {
                turns.add(new ChatComparison.Turn(
                        left.user(),
                        left.assistant(),
                        right.assistant(),
                        scale.show(left.projection().get().after()),
                        scale.show(right.projection().get().after()),
                        scale.show(right.projection().get().before())));
            }
        }
        return new CaptionedFigure(
                "replay",
                new ChatComparison(name, PLAIN, TREATED, scale.label(), "role-play", "Assistant", turns),
                "Both chats have the same user messages, and each goes on from its own answers. A ring is where an answer"
                        + " lay before the intervention at this layer, the dot where it lay after.");
    }

    /** Writes {@link #html} to {@code file}, which is replaced whole or not at all. */
    public static void write(Path file, Replay replay, String name, ProjectionScale scale, List<Fact> provenance) {
        byte[] html = html(replay, name, scale, provenance).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(html));
    }

    /** The page. */
    public static String html(Replay replay, String name, ProjectionScale scale, List<Fact> provenance) {
        CaptionedFigure figure = figure(replay, name, scale);
        StringBuilder html = new StringBuilder(64_000);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<title>" + escape(name) + "</title>\n<style>\n")
                .append(PageParts.style())
                .append(PageParts.replayStyle())
                .append(
                        "</style>\n</head>\n<body class=\"replay\">\n<header>\n<p class=\"maker\">Plumbline replay</p>\n<h1>")
                .append(escape(name))
                .append("</h1>\n<p class=\"lead\">" + escape(figure.caption()) + "</p>\n</header>\n<main>\n")
                .append("<figure class=\"panels\">\n" + StillPicture.svg(figure.figure()) + "</figure>\n")
                .append("<h2>Both chats in full</h2>\n<div class=\"chats\">\n")
                .append("<h3>" + PLAIN + "</h3><h3>" + TREATED + "</h3>\n");
        if (!replay.plain().scenario().opening().messages().isEmpty()) {
            opening(html, replay.plain());
            opening(html, replay.treated());
        }
        int turns =
                Math.max(replay.plain().turns().size(), replay.treated().turns().size());
        for (int i = 0; i < turns; i++) {
            turn(html, replay.plain().turns(), i, scale);
            turn(html, replay.treated().turns(), i, scale);
        }
        html.append("</div>\n</main>\n<footer>\n<h2>How this was made</h2>\n<dl class=\"provenance\">\n");
        for (Fact fact : provenance) {
            html.append("<div><dt>" + escape(fact.name()) + "</dt><dd>" + escape(fact.value()) + "</dd></div>\n");
        }
        return html.append("</dl>\n</footer>\n</body>\n</html>\n").toString();
    }

    /** What both chats begin with before the user speaks: a system message, a greeting of the assistant's. */
    private static void opening(StringBuilder html, Dialogue dialogue) {
        html.append("<section>\n");
        for (Message message : dialogue.scenario().opening().messages()) {
            boolean told = message.speaker() == Speaker.SYSTEM;
            html.append("<p class=\"" + (told ? "user" : "answer") + "\">" + paragraphs(message.content())
                    + "</p>\n<p class=\"where\">"
                    + (told ? "system message" : "greeting, as in the transcript") + "</p>\n");
        }
        html.append("</section>\n");
    }

    private static void turn(StringBuilder html, List<DriftTurn> turns, int index, ProjectionScale scale) {
        html.append("<section>\n");
        if (index < turns.size()) {
            DriftTurn turn = turns.get(index);
            html.append("<p class=\"user\">" + paragraphs(turn.user()) + "</p>\n<p class=\"answer\">"
                    + paragraphs(turn.assistant()) + "</p>\n<p class=\"where\">turn " + (turn.turn() + 1) + " · "
                    + turn.projection()
                            .map(projection -> where(projection, scale))
                            .orElse("no tokens")
                    + "</p>\n");
        }
        html.append("</section>\n");
    }

    private static String where(DriftTurn.Projection projection, ProjectionScale scale) {
        String after = Numbers.fixed(scale.show(projection.after()), 2);
        return projection.before() == projection.after()
                ? after
                : Numbers.fixed(scale.show(projection.before()), 2) + " before, " + after + " after";
    }

    private static String paragraphs(String text) {
        return text.lines().map(line -> escape(line)).collect(Collectors.joining("\n"));
    }
}
