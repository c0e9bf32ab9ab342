package dev.plumbline.pipeline;

import dev.plumbline.pipeline.RoleSums.Sum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Step 4: per role, the mean over its responses fully in role (score 3) and, apart, somewhat in role (score 2); for the
 * default Assistant the mean over all. A vector of too few responses is not made, and named.
 */
final class VectorsStep {

    private final RunLayout layout;
    private final RoleFolder folder;
    private final int minCount;
    private final PipelineProgress progress;

    VectorsStep(RunLayout layout, RoleFolder folder, int minCount, PipelineProgress progress) {
        this.layout = layout;
        this.folder = folder;
        this.minCount = minCount;
        this.progress = progress;
    }

    /** Makes the vectors of these roles anew; gives those that were not made. */
    List<SkippedVector> run(Collection<String> roles) throws InterruptedException {
        progress.started(PipelineStep.VECTORS, roles.size());
        List<SkippedVector> skipped = new ArrayList<>();
        for (String role : roles) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted before the vectors of " + role);
            }
            Optional<RoleSums> sums = folder.sums(role);
            if (RoleFile.isDefault(role)) {
                make(layout.vector(role), role, RoleSums.ALL, sums, 1, skipped);
            } else {
                make(layout.vector(role), role, RoleSums.kind(3), sums, minCount, skipped);
                make(layout.somewhatVector(role), role, RoleSums.kind(2), sums, minCount, skipped);
            }
            progress.advanced(PipelineStep.VECTORS, 1);
        }
        return skipped;
    }

    private void make(
            Path file, String role, String kind, Optional<RoleSums> sums, int needed, List<SkippedVector> skipped) {
        Optional<Sum> sum = sums.flatMap(all -> all.of(kind));
        int count = sum.map(Sum::count).orElse(0);
        if (sum.isPresent() && count >= needed) {
            VectorFiles.writeVector(file, role, kind, sum.get().mean());
        } else {
            skipped.add(new SkippedVector(role, kind, count, needed));
            // One that other scores or another limit once allowed must not find its way into the axis.
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
