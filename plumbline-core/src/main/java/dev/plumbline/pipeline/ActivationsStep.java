package dev.plumbline.pipeline;

import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.pipeline.ActivationSource.Reading;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Step 2, for responses that came from elsewhere: reads each finished conversation once, and keeps its response's mean. */
final class ActivationsStep {

    private final RunLayout layout;
    private final RunManifest manifest;
    private final ActivationSource source;
    private final boolean dump;
    private final PipelineProgress progress;

    ActivationsStep(
            RunLayout layout, RunManifest manifest, ActivationSource source, boolean dump, PipelineProgress progress) {
        this.layout = layout;
        this.manifest = manifest;
        this.source = source;
        this.dump = dump;
        this.progress = progress;
    }

    /**
     * Reads what is missing, role by role.
     *
     * @param roleDone told of each role when all its means are in
     */
    void run(Collection<String> roles, Consumer<String> roleDone) throws InterruptedException {
        source.setup().claimIn(manifest);
        progress.started(
                PipelineStep.ACTIVATIONS, roles.stream().mapToLong(this::count).sum());
        for (String role : roles) {
            if (!finished(role)) {
                read(role);
            } else {
                progress.advanced(PipelineStep.ACTIVATIONS, count(role));
            }
            roleDone.accept(role);
        }
    }

    private long count(String role) {
        return ResponsesFile.read(layout.responses(role)).size();
    }

    private boolean finished(String role) {
        boolean complete = Json.read(layout.record(role, PipelineStep.ACTIVATIONS), StepRecord.Activations.class)
                .map(StepRecord::complete)
                .orElse(false);
        boolean kept = Files.exists(layout.sums(role)) || !new MeanStore(layout, role).isEmpty();
        boolean dumped = !dump || Files.exists(layout.activations(role));
        return complete && kept && dumped;
    }

    private void read(String role) throws InterruptedException {
        List<ResponseRow> rows = ResponsesFile.read(layout.responses(role));
        MeanStore means = new MeanStore(layout, role);
        // As long as means are coming in, nobody may take them for all there are.
        record(role, new StepRecord.Activations(0, List.of(), false));
        int chunk = source.chunkSize();
        for (int start = 0; start < rows.size(); start += chunk) {
            List<ResponseRow> slice = rows.subList(start, Math.min(rows.size(), start + chunk));
            if (!slice.stream().allMatch(row -> means.contains(row.key()))) {
                keep(means, slice);
            }
            progress.advanced(PipelineStep.ACTIVATIONS, slice.size());
        }
        if (dump) {
            ActivationsDump.write(
                    layout.activations(role), means, source.setup().compat().meanDtype());
        }
        record(role, new StepRecord.Activations(means.keys().size(), means.lost(), true));
    }

    private void record(String role, StepRecord.Activations record) {
        Json.write(layout.record(role, PipelineStep.ACTIVATIONS), record);
    }

    private void keep(MeanStore means, List<ResponseRow> rows) throws InterruptedException {
        List<Reading> readings =
                source.read(rows.stream().map(ResponseRow::conversation).toList());
        if (readings.size() != rows.size()) {
            throw new IllegalStateException(
                    "Asked for " + rows.size() + " readings, the source gave " + readings.size());
        }
        NavigableMap<RolloutKey, Reading> byKey = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            byKey.put(rows.get(i).key(), readings.get(i));
        }
        means.put(byKey);
    }
}
