package dev.plumbline.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.artifact.ScoresFile;
import dev.plumbline.judge.Verdict;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The verdicts on one role while they come in. Each is on the device when {@link #add} returns; threads that arrive while
 * another syncs share the next sync. When all are known the journal becomes {@code scores/<role>.json}. Thread-safe.
 */
final class RoleVerdicts {

    private final RunLayout layout;
    private final String role;
    private final String judge;
    private final Journal journal;
    private final List<ResponseRow> rows;
    private final SortedMap<RolloutKey, Integer> scores = new TreeMap<>();
    private final SortedMap<RolloutKey, Loss> lost = new TreeMap<>();
    private final SortedMap<RolloutKey, Loss> failed = new TreeMap<>();
    private final boolean published;
    private final Queue<String> unsynced = new ConcurrentLinkedQueue<>();

    /** Reads the responses of a role, and every verdict already known. */
    RoleVerdicts(RunLayout layout, String role, String judge) {
        this.layout = layout;
        this.role = role;
        this.judge = judge;
        this.journal = new Journal(layout.journal(role, PipelineStep.JUDGE));
        this.rows = ResponsesFile.read(layout.responses(role));
        if (Files.exists(layout.scores(role))) {
            scores.putAll(ScoresFile.read(layout.scores(role)));
        }
        Optional<StepRecord.Scores> record = record(layout, role);
        record.ifPresent(known -> known.lost().stream()
                .filter(loss -> !loss.kind().pending())
                .forEach(loss -> lost.put(key(loss), loss)));
        this.published =
                record.map(StepRecord::complete).orElse(false) && unjudged().isEmpty();
        int number = 0;
        for (String line : journal.recover()) {
            number++;
            JsonNode json = Json.parse(journal.file(), number, line, JsonNode.class);
            if (json.has("lost")) {
                Loss loss = Json.parse(journal.file(), number, json.path("lost").toString(), Loss.class);
                lost.put(key(loss), loss);
            } else {
                int score = json.path("score").asInt();
                RolloutKey.parse(json.path("key").asText()).ifPresent(key -> scores.put(key, score));
            }
        }
    }

    static Optional<StepRecord.Scores> record(RunLayout layout, String role) {
        return Json.read(layout.record(role, PipelineStep.JUDGE), StepRecord.Scores.class);
    }

    private RolloutKey key(Loss loss) {
        return RolloutKey.parse(loss.key())
                .orElseThrow(() -> new MalformedArtifactException(journal.file(), "names \"" + loss.key() + "\""));
    }

    int size() {
        return rows.size();
    }

    /** Responses without a verdict, in order. */
    synchronized List<ResponseRow> unjudged() {
        return rows.stream()
                .filter(row -> !scores.containsKey(row.key()) && !lost.containsKey(row.key()))
                .toList();
    }

    /** Keeps a verdict; durable on return. */
    void add(RolloutKey key, Verdict verdict) {
        if (verdict instanceof Verdict.Scored scored) {
            ObjectNode line = Json.MAPPER.createObjectNode();
            unsynced.add(Json.line(line.put("key", key.toString()).put("score", scored.score())));
            synchronized (this) {
                sync();
                scores.put(key, scored.score());
            }
        } else {
            String detail = verdict instanceof Verdict.Unparseable reply ? reply.reply() : "REFUSAL";
            Loss loss = new Loss(role, key.toString(), StepRecord.kind(verdict), detail);
            ObjectNode line = Json.MAPPER.createObjectNode();
            unsynced.add(Json.line(line.set("lost", Json.MAPPER.valueToTree(loss))));
            synchronized (this) {
                sync();
                lost.put(key, loss);
            }
        }
    }

    private void sync() {
        List<String> lines = new ArrayList<>();
        for (String line = unsynced.poll(); line != null; line = unsynced.poll()) {
            lines.add(line);
        }
        journal.append(lines);
    }

    /** Notes that no verdict could be had this time. */
    synchronized void fail(RolloutKey key, String why) {
        failed.put(key, new Loss(role, key.toString(), LossKind.JUDGE_FAILED, why));
    }

    /** Writes the files of the role from what is known, if they are not there; if that is everything, the journal goes. */
    synchronized void publish() {
        if (published) {
            journal.delete();
            return;
        }
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (ResponseRow row : rows) {
            Integer score = scores.get(row.key());
            if (score != null) {
                counts.merge(score, 1, Integer::sum);
            }
        }
        List<Loss> losses = new ArrayList<>(lost.values());
        losses.addAll(failed.values());
        boolean complete = failed.isEmpty() && unjudged().isEmpty();
        ScoresFile.write(layout.scores(role), scores);
        Json.write(layout.record(role, PipelineStep.JUDGE), new StepRecord.Scores(judge, counts, losses, complete));
        if (complete) {
            journal.delete();
        }
    }
}
