package dev.plumbline.pipeline;

import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.ScoresFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a run's responses, counted from its files, whoever made them.
 *
 * @param responses responses of the default Assistant and of the roles in the axis
 * @param inVectors how many of them entered a vector: all of the default's, and the roles' with score 3
 * @param losses items lost anywhere in the run, by kind
 */
public record RunCounts(long responses, long inVectors, SortedMap<LossKind, Long> losses) {

    private static final int FULLY = 3;

    /**
     * Counts.
     *
     * @param roles the roles whose vectors are asked about, without the default Assistant
     */
    public static RunCounts of(RunLayout layout, Collection<String> roles) {
        long responses = responsesOf(layout, RoleFile.DEFAULT);
        long inVectors = responses;
        for (String role : roles) {
            responses += responsesOf(layout, role);
            inVectors += fullyInRole(layout, role);
        }
        return new RunCounts(responses, inVectors, losses(layout));
    }

    private static long responsesOf(RunLayout layout, String role) {
        Path file = layout.responses(role);
        return Files.exists(file) ? ResponsesFile.read(file).size() : 0;
    }

    private static long fullyInRole(RunLayout layout, String role) {
        Path file = layout.scores(role);
        return Files.exists(file)
                ? ScoresFile.read(file).values().stream()
                        .filter(score -> score == FULLY)
                        .count()
                : 0;
    }

    private static SortedMap<LossKind, Long> losses(RunLayout layout) {
        SortedMap<LossKind, Long> losses = new TreeMap<>();
        Path file = layout.losses();
        if (Files.exists(file)) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                losses.merge(Json.parse(file, i + 1, lines.get(i), Loss.class).kind(), 1L, Long::sum);
            }
        }
        return losses;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
