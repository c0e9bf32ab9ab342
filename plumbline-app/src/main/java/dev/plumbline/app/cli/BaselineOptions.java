package dev.plumbline.app.cli;

import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.pipeline.RoleFile;
import dev.plumbline.pipeline.RunLayout;
import dev.plumbline.text.Conversation;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.TranscriptProjector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Responses of the default Assistant, to count projections from. */
final class BaselineOptions {
    @Option(
            names = "--baseline",
            paramLabel = "DIR|FILE",
            description =
                    "A run's directory, or its responses/default.jsonl: projections are then also given centred on"
                            + " the default Assistant's mean, and in its standard deviations.")
    private @Nullable Path baseline;

    @Option(
            names = "--baseline-count",
            defaultValue = "200",
            paramLabel = "N",
            description = "Responses that are read for it, evenly spread over the file. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int count;

    /** The baseline along a projector's only direction, if one was asked for. */
    Optional<Baseline> baseline(TranscriptProjector projector) {
        return baselines(projector).stream().findFirst();
    }

    /** The baselines along each of the projector's directions, none if none were asked for. */
    List<Baseline> baselines(TranscriptProjector projector) {
        if (baseline == null) {
            return List.of();
        }
        Path file = Files.isDirectory(baseline) ? new RunLayout(baseline).responses(RoleFile.DEFAULT) : baseline;
        return Baseline.of(projector.directions().size(), projector.readAll(spread(ResponsesFile.read(file))));
    }

    private List<Conversation> spread(List<ResponseRow> rows) {
        int kept = Math.min(Math.max(2, count), rows.size());
        List<Conversation> spread = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            spread.add(rows.get((int) ((long) i * rows.size() / kept)).conversation());
        }
        return spread;
    }
}
