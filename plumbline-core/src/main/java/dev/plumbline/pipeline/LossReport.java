package dev.plumbline.pipeline;

import dev.plumbline.artifact.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the records of all roles, and names everything lost in {@code losses.jsonl}. */
final class LossReport {

    private final RunLayout layout;
    private final SortedMap<LossKind, Long> losses = new TreeMap<>();
    private final SortedMap<Integer, Long> scores = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private long responses;
    private long tokens;
    private long endedByLength;

    private LossReport(RunLayout layout) {
        this.layout = layout;
    }

    /** Reads the records of these roles; the file is there afterwards exactly if something was lost. */
    static LossReport write(RunLayout layout, Collection<String> roles) {
        LossReport report = new LossReport(layout);
        roles.forEach(report::add);
        if (report.lines.isEmpty()) {
            report.deleteFile();
        } else {
            String content = String.join("\n", report.lines) + "\n";
            AtomicFile.write(layout.losses(), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        }
        return report;
    }

    private void add(String role) {
        Optional<StepRecord.Responses> made = RoleResponses.record(layout, role);
        made.ifPresent(record -> {
            responses += record.kept();
            tokens += record.tokens();
            endedByLength += record.endedByLength().size();
            count(record.lost());
        });
        Json.read(layout.record(role, PipelineStep.ACTIVATIONS), StepRecord.Activations.class)
                .ifPresent(record -> {
                    if (made.isEmpty()) {
                        responses += record.kept() + record.lost().size();
                    }
                    count(record.lost());
                });
        RoleVerdicts.record(layout, role).ifPresent(record -> {
            record.counts().forEach((score, n) -> scores.merge(score, (long) n, Long::sum));
            count(record.lost());
        });
    }

    private void count(List<Loss> lost) {
        for (Loss loss : lost) {
            losses.merge(loss.kind(), 1L, Long::sum);
            lines.add(Json.line(loss));
        }
    }

    private void deleteFile() {
        try {
            Files.deleteIfExists(layout.losses());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + layout.losses() + ": " + e.getMessage(), e);
        }
    }

    PipelineSummary summary(int roles, List<SkippedVector> skippedVectors, List<String> rolesInAxis, double seconds) {
        return new PipelineSummary(
                layout, roles, responses, tokens, endedByLength, scores, losses, skippedVectors, rolesInAxis, seconds);
    }
}
