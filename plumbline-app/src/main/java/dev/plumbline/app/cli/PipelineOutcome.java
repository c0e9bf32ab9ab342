package dev.plumbline.app.cli;

import dev.plumbline.direction.RoleVector;
import dev.plumbline.pipeline.LossKind;
import dev.plumbline.pipeline.PipelineSummary;
import dev.plumbline.pipeline.SkippedVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells what a step of the pipeline did, and what it lost. */
final class PipelineOutcome {
    private final Console console;

    PipelineOutcome(Console console) {
        this.console = console;
    }

    /** Prints a summary, and gives the exit code that belongs to it. */
    int report(PipelineSummary summary, boolean json) {
        if (json) {
            console.json(object(summary));
        } else {
            print(summary);
        }
        noteLosses(summary);
        return exitCode(summary);
    }

    static int exitCode(PipelineSummary summary) {
        return summary.lossless() ? ExitCode.OK : ExitCode.LOSSES;
    }

    private void print(PipelineSummary summary) {
        console.data("roles           " + summary.roles());
        console.data(
                "responses       " + summary.responses() + " (" + summary.endedByLength() + " cut by the token limit)");
        if (!summary.responsesByScore().isEmpty()) {
            console.data("scores          "
                    + summary.responsesByScore().entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (!summary.rolesInAxis().isEmpty()) {
            console.data("axis            " + summary.layout().axis() + ", from "
                    + summary.rolesInAxis().size() + " roles");
        }
        console.data(String.format(Locale.ROOT, "seconds         %.1f", summary.seconds()));
    }

    /** Names on stderr what is missing and where the details are. */
    void noteLosses(PipelineSummary summary) {
        for (SkippedVector skipped : summary.skippedVectors()) {
            // Most roles have hardly any responses that are only somewhat in role.
            if (skipped.kind() != RoleVector.Kind.SOMEWHAT) {
                console.note("plumb: no vector for " + skipped.role() + ": " + skipped.responses()
                        + " responses fully in role, " + skipped.needed() + " needed (--min-count)");
            }
        }
        if (!summary.lossless()) {
            console.note("plumb: lost: "
                    + summary.losses().entrySet().stream()
                            .map(loss -> loss.getValue() + " " + words(loss.getKey()))
                            .collect(Collectors.joining(", "))
                    + "; each is named in " + summary.layout().losses());
        }
    }

    static String words(LossKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, Object> object(PipelineSummary summary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", summary.layout().root().toString());
        object.put("roles", summary.roles());
        object.put("responses", summary.responses());
        object.put("response_tokens", summary.responseTokens());
        object.put("ended_by_length", summary.endedByLength());
        object.put("responses_by_score", summary.responsesByScore());
        Map<String, Long> losses = new TreeMap<>();
        summary.losses().forEach((kind, count) -> losses.put(kind.name().toLowerCase(Locale.ROOT), count));
        object.put("losses", losses);
        object.put("skipped_vectors", List.copyOf(summary.skippedVectors()));
        object.put("roles_in_axis", summary.rolesInAxis());
        object.put("seconds", summary.seconds());
        return object;
    }
}
