package dev.plumbline.app.cli;

import dev.plumbline.pipeline.PipelineProgress;
import dev.plumbline.pipeline.PipelineStep;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws a run's steps as bars, one below the other: the first unfinished step has the bar, and a step that overlaps with
 * it is told beside it.
 */
final class PipelineBars implements PipelineProgress, AutoCloseable {
    private final Console console;
    private final Map<PipelineStep, long[]> doneOfTotal = new EnumMap<>(PipelineStep.class);
    private @Nullable PipelineStep shown;
    private Progress bar = Progress.SILENT;

    PipelineBars(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void started(PipelineStep step, long total) {
        doneOfTotal.put(step, new long[] {0, total});
        show();
    }

    @Override
    public synchronized void advanced(PipelineStep step, long items) {
        doneOfTotal.get(step)[0] += items;
        show();
    }

    @Override
    public synchronized void note(String message) {
        console.note("plumb: " + message);
    }

    private void show() {
        PipelineStep first = doneOfTotal.entrySet().stream()
                .filter(entry -> entry.getValue()[0] < entry.getValue()[1])
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        if (first == null) {
            bar.close();
            bar = Progress.SILENT;
            shown = null;
            return;
        }
        if (first != shown) {
            bar.close();
            bar = console.progress(
                    first.name().toLowerCase(Locale.ROOT), "responses", doneOfTotal.get(first)[1]);
            shown = first;
        }
        bar.at(doneOfTotal.get(first)[0]);
        doneOfTotal.forEach((step, done) -> {
            if (step.compareTo(first) > 0) {
                bar.note(step.name().toLowerCase(Locale.ROOT) + " " + done[0] + "/" + done[1]);
            }
        });
    }

    @Override
    public synchronized void close() {
        bar.close();
    }
}
