package dev.plumbline.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.judge.Verdict;
import dev.plumbline.report.Fact;
import dev.plumbline.report.ProjectionReport.Chat;
import dev.plumbline.transcript.ConversationReading.Token;
import dev.plumbline.transcript.ConversationReading.Turn;
import dev.plumbline.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Projections as lines for people, as JSON and as CSV.
 *
 * @param vectors in the order in which chats were measured along them
 */
record ProjectionOutput(List<MeasuredVector> vectors) {

    private static final ObjectMapper JSON = new ObjectMapper();

    List<String> text(Chat chat) {
        List<String> lines = new ArrayList<>();
        String title = chat.name() + (chat.reading().assistantTurns().isEmpty() ? "  (no answers)" : "");
        if (vectors.size() > 1) {
            StringBuilder names = new StringBuilder(String.format(Locale.ROOT, "%-27s", title));
            vectors.forEach(vector -> names.append(
                    String.format(Locale.ROOT, vector.baseline().isPresent() ? "  %20s" : "  %9s", vector.name())));
            title = names.toString();
        }
        lines.add(title);
        for (Turn turn : chat.reading().turns()) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "  %3d %-9s %5d tokens",
                    turn.turn(),
                    turn.speaker().id(),
                    turn.tokens().size()));
            for (int i = 0; i < vectors.size(); i++) {
                double mean = turn.mean(i);
                line.append(String.format(Locale.ROOT, "  %9.3f", mean));
                vectors.get(i)
                        .baseline()
                        .ifPresent(b -> line.append(String.format(Locale.ROOT, "  %+7.2f SD", b.inDeviations(mean))));
            }
            risk(chat, turn.turn()).ifPresent(score -> line.append("  risk ").append(score));
            lines.add(line.toString());
        }
        return lines;
    }

    private static Optional<Integer> risk(Chat chat, int turn) {
        return chat.risks()
                .map(ratings -> ratings.byTurn().get(turn))
                .filter(Verdict.Scored.class::isInstance)
                .map(verdict -> ((Verdict.Scored) verdict).score());
    }

    Map<String, Object> object(Transcript transcript, Chat chat, boolean tokens) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", chat.name());
        object.put("details", transcript.details());
        object.put("vectors", vectors.stream().map(ProjectionOutput::vector).toList());
        object.put("passes", chat.reading().passes().name().toLowerCase(Locale.ROOT));
        object.put(
                "turns",
                chat.reading().turns().stream()
                        .map(turn -> turn(chat, turn, tokens))
                        .toList());
        object.put(
                "skipped",
                chat.reading().skipped().stream()
                        .map(skip -> Map.of(
                                "turn", skip.turn(),
                                "speaker", skip.speaker().id(),
                                "reason", skip.reason().sentence()))
                        .toList());
        return object;
    }

    private static Map<String, Object> vector(MeasuredVector vector) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", vector.name());
        object.put("file", vector.file().toString());
        object.put("layer", vector.direction().site().layer());
        vector.baseline()
                .ifPresent(b -> object.put(
                        "baseline", Map.of("mean", b.mean(), "standard_deviation", b.deviation(), "n", b.n())));
        return object;
    }

    private Map<String, Object> turn(Chat chat, Turn turn, boolean tokens) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("turn", turn.turn());
        object.put("speaker", turn.speaker().id());
        object.put("n_tokens", turn.tokens().size());
        object.put("projections", projections(turn::mean));
        risk(chat, turn.turn()).ifPresent(score -> object.put("risk", score));
        if (tokens) {
            object.put("tokens", turn.tokens().stream().map(this::token).toList());
        }
        return object;
    }

    private Map<String, Object> token(Token token) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", token.text());
        object.put("projections", projections(token.projections()::get));
        return object;
    }

    /** By the vector's name. */
    private Map<String, Map<String, Double>> projections(IntToDoubleFunction along) {
        Map<String, Map<String, Double>> projections = new LinkedHashMap<>();
        for (int i = 0; i < vectors.size(); i++) {
            double projection = along.applyAsDouble(i);
            Map<String, Double> one = new LinkedHashMap<>();
            one.put("projection", projection);
            vectors.get(i).baseline().ifPresent(b -> {
                one.put("centred", b.centred(projection));
                one.put("deviations", b.inDeviations(projection));
            });
            projections.put(vectors.get(i).name(), one);
        }
        return projections;
    }

    String csvHeader(boolean tokens) {
        StringBuilder header = new StringBuilder("name,turn,speaker," + (tokens ? "token,text" : "n_tokens"));
        for (MeasuredVector vector : vectors) {
            header.append(',').append(quoted(vector.name()));
            if (vector.baseline().isPresent()) {
                header.append(',').append(quoted(vector.name() + "_centred"));
                header.append(',').append(quoted(vector.name() + "_deviations"));
            }
        }
        return header + (tokens ? "" : ",risk");
    }

    List<String> csv(Chat chat, boolean tokens) {
        List<String> rows = new ArrayList<>();
        for (Turn turn : chat.reading().turns()) {
            String start = quoted(chat.name()) + "," + turn.turn() + ","
                    + turn.speaker().id() + ",";
            if (!tokens) {
                rows.add(start + turn.tokens().size() + numbers(turn::mean) + ","
                        + risk(chat, turn.turn()).map(String::valueOf).orElse(""));
                continue;
            }
            for (int i = 0; i < turn.tokens().size(); i++) {
                Token token = turn.tokens().get(i);
                rows.add(start + i + "," + quoted(token.text()) + numbers(token.projections()::get));
            }
        }
        return rows;
    }

    private String numbers(IntToDoubleFunction along) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < vectors.size(); i++) {
            double projection = along.applyAsDouble(i);
            numbers.append(',').append(projection);
            vectors.get(i).baseline().ifPresent(b -> numbers.append(',')
                    .append(b.centred(projection))
                    .append(',')
                    .append(b.inDeviations(projection)));
        }
        return numbers.toString();
    }

    /** A field as RFC 4180 has it. */
    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    List<Fact> provenance(String model) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Model", model));
        for (MeasuredVector vector : vectors) {
            facts.add(new Fact(
                    "Direction",
                    vector.file().getFileName() + ", layer "
                            + vector.direction().site().layer()));
            facts.add(new Fact(
                    "Baseline",
                    vector.baseline()
                            .map(b -> String.format(
                                    Locale.ROOT,
                                    "%d responses of the default Assistant, mean %.4g, standard deviation %.4g",
                                    b.n(),
                                    b.mean(),
                                    b.deviation()))
                            .orElse("none: projections are raw")));
        }
        return facts;
    }

    /** Writes projections.json and projections.csv, with every token. */
    void write(Path folder, List<Transcript> transcripts, List<Chat> chats) {
        List<Map<String, Object>> objects = new ArrayList<>();
        List<String> rows = new ArrayList<>(List.of(csvHeader(true)));
        for (int i = 0; i < chats.size(); i++) {
            objects.add(object(transcripts.get(i), chats.get(i), true));
            rows.addAll(csv(chats.get(i), true));
        }
        try {
            byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(objects);
            AtomicFile.write(folder.resolve("projections.json"), out -> out.write(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Projections cannot be written as JSON", e);
        }
        byte[] csv = (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("projections.csv"), out -> out.write(csv));
    }
}
