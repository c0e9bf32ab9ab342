package dev.plumbline.app.cli;

import dev.plumbline.pipeline.PipelineProgress;
import dev.plumbline.pipeline.PipelineStep;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws a run's steps as bars, one below the other: the first unfinished step has the bar, and a step that overlaps with
 * it is told beside it.
 */
final class PipelineBars implements PipelineProgress, AutoCloseable {
    private final Console console;
    private final SortedMap<PipelineStep, Count> counts = new TreeMap<>();
    private Optional<PipelineStep> shown = Optional.empty();
    private Progress bar = Progress.SILENT;

    private record Count(PipelineStep step, long done, long total) {
        boolean finished() {
            return done >= total;
        }

        String name() {
            return step.name().toLowerCase(Locale.ROOT);
        }
    }

    PipelineBars(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void started(PipelineStep step, long total) {
        counts.put(step, new Count(step, 0, total));
        show(counts.values());
    }

    @Override
    public synchronized void advanced(PipelineStep step, long items) {
        counts.computeIfPresent(step, (same, count) -> new Count(step, count.done() + items, count.total()));
        show(counts.values());
    }

    @Override
    public synchronized void note(String message) {
        console.note("plumb: " + message);
    }

    private void show(Collection<Count> all) {
        Optional<Count> first = all.stream().filter(count -> !count.finished()).findFirst();
        if (!first.map(Count::step).equals(shown)) {
            all.stream()
                    .filter(count -> shown.isPresent() && count.step() == shown.get())
                    .forEach(count -> bar.at(count.done()));
            bar.close();
            bar = first.map(count -> console.progress(count.name(), "items", count.total()))
                    .orElse(Progress.SILENT);
            shown = first.map(Count::step);
        }
        first.ifPresent(count -> bar.at(count.done()));
        all.stream()
                .filter(count ->
                        first.isPresent() && count.step().compareTo(first.get().step()) > 0)
                .findFirst()
                .ifPresent(next -> bar.note(" " + next.name() + " " + next.done() + "/" + next.total()));
    }

    @Override
    public synchronized void close() {
        bar.close();
    }
}
