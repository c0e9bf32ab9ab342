package dev.plumbline.app.cli;

import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.report.ProjectionReport;
import dev.plumbline.report.ProjectionScale;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.TranscriptProjector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A direction that transcripts are measured along.
 *
 * @param name short, unlike those of the others
 * @param file that it is of
 * @param baseline what its projections are counted from, where it is known
 */
record MeasuredVector(String name, Path file, Direction direction, Optional<Baseline> baseline) {

    /** Those that were asked for, each with its baseline, for which responses are read once. */
    static List<MeasuredVector> of(DirectionsOptions options, BaselineOptions baseline, LanguageModel model) {
        List<VectorChoice> choices = options.vectors();
        List<Direction> directions = choices.stream()
                .map(choice -> choice.direction(model, options.layer()))
                .toList();
        List<List<String>> names = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            Path file = choices.get(i).file();
            String layer = "@" + directions.get(i).site().layer();
            names.add(List.of(
                    DistinctNames.stem(file), DistinctNames.stem(file) + layer, DistinctNames.inFolder(file) + layer));
        }
        List<String> distinct = DistinctNames.of(names);
        List<Baseline> baselines = baseline.baselines(new TranscriptProjector(model, directions));
        List<MeasuredVector> vectors = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            vectors.add(new MeasuredVector(
                    distinct.get(i),
                    choices.get(i).file(),
                    directions.get(i),
                    baselines.isEmpty() ? Optional.empty() : Optional.of(baselines.get(i))));
        }
        return vectors;
    }

    ProjectionScale scale() {
        return ProjectionScale.by(baseline);
    }

    ProjectionReport.Along shown() {
        return new ProjectionReport.Along(name, scale(), baseline.isPresent());
    }
}
