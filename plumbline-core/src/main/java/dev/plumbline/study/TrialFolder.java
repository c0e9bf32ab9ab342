package dev.plumbline.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.MustBeClosed;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.generate.Sampling;
import dev.plumbline.pipeline.Journal;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.pipeline.RunLayout;
import dev.plumbline.pipeline.RunLock;
import dev.plumbline.pipeline.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A log in a directory: {@code answers.jsonl}, where what was asked of a model under one treatment is on the device as soon as it
 * is answered and scored, and {@code manifest.json}, by which a changed parameter is noticed.
 */
public final class TrialFolder implements TrialLog, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunLock lock;
    private final Journal journal;
    private final Map<String, Answers> recorded = new HashMap<>();

    private TrialFolder(RunLock lock, Journal journal) {
        this.lock = lock;
        this.journal = journal;
        int number = 0;
        for (String line : journal.recover()) {
            number++;
            try {
                JsonNode json = JSON.readTree(line);
                recorded.put(json.path("key").textValue(), answers(json));
            } catch (JsonProcessingException e) {
                throw new MalformedArtifactException(
                        journal.file(), "line " + number + " is not JSON: " + e.getOriginalMessage());
            }
        }
    }

    /**
     * Takes a directory, which may be new.
     *
     * @param scoring what scores depend on beside the answers, by name, such as the judge
     * @throws dev.plumbline.pipeline.PipelineException if another process has it
     * @throws dev.plumbline.pipeline.ParameterMismatchException if it was made with other parameters
     */
    @MustBeClosed
    public static TrialFolder open(
            Path directory, ModelName model, Sampling sampling, long seed, Map<String, String> scoring) {
        RunLayout layout = new RunLayout(directory);
        RunLock lock = RunLock.acquire(layout);
        try {
            SortedMap<String, String> parameters = model.parameters(sampling);
            parameters.putAll(scoring);
            parameters.put("seed", Long.toString(seed));
            new RunManifest(layout).claim("trial", parameters);
            return new TrialFolder(lock, new Journal(directory.resolve("answers.jsonl")));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public Optional<Answers> recorded(String key) {
        return Optional.ofNullable(recorded.get(key));
    }

    @Override
    public void add(String key, Answers answers) {
        ObjectNode json = JSON.createObjectNode().put("key", key);
        ArrayNode texts = json.putArray("texts");
        answers.texts().forEach(texts::add);
        ArrayNode scores = json.putArray("scores");
        for (double score : answers.scores()) {
            if (Double.isNaN(score)) {
                scores.addNull();
            } else {
                scores.add(score);
            }
        }
        json.put("tokens", answers.touch().tokens())
                .put("touched", answers.touch().touched())
                .put("correction", answers.touch().correction());
        journal.append(List.of(json.toString()));
    }

    private static Answers answers(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.path("texts").forEach(text -> texts.add(text.textValue()));
        double[] scores = new double[json.path("scores").size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = json.path("scores").path(i).asDouble(Double.NaN);
        }
        Touch touch = new Touch(
                json.path("tokens").longValue(),
                json.path("touched").longValue(),
                json.path("correction").doubleValue());
        return new Answers(texts, scores, touch);
    }

    /** How many answers were there when the directory was taken. */
    public int resumed() {
        return recorded.values().stream()
                .mapToInt(answers -> answers.texts().size())
                .sum();
    }

    @Override
    public void close() {
        lock.close();
    }
}
