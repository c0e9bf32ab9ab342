package dev.plumbline.pipeline;

import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.artifact.ScoresFile;
import java.nio.file.Files;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns a role's response means into sums as soon as nothing more can change them, and frees the disk they took. So a run
 * keeps means only of roles in flight.
 */
final class RoleFolder {

    private final RunLayout layout;
    private final PipelineProgress progress;

    RoleFolder(RunLayout layout, PipelineProgress progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /** Whether all responses, means and verdicts of a role are in, as far as this program keeps records of it. */
    private boolean complete(String role) {
        return complete(role, PipelineStep.ACTIVATIONS, StepRecord.Activations.class, false)
                && complete(role, PipelineStep.GENERATE, StepRecord.Responses.class, true)
                && (RoleFile.isDefault(role) || complete(role, PipelineStep.JUDGE, StepRecord.Scores.class, false));
    }

    /** Folds a role if it is complete; otherwise leaves everything. */
    void foldIfComplete(String role) {
        if (!complete(role)) {
            return;
        }
        MeanStore means = new MeanStore(layout, role);
        if (!means.isEmpty()) {
            requireWhole(role, means);
            sum(role, means).write(layout.sums(role));
        }
        means.delete();
    }

    private void requireWhole(String role, MeanStore means) {
        int kept = Json.read(layout.record(role, PipelineStep.ACTIVATIONS), StepRecord.Activations.class)
                .map(StepRecord.Activations::kept)
                .orElse(0);
        int found = means.keys().size();
        if (found != kept) {
            throw new PipelineException("Of the response means of " + role + " only " + found + " of " + kept
                    + " are left in " + layout.workDirectory() + "; delete "
                    + layout.record(role, PipelineStep.ACTIVATIONS) + " and run the activations step");
        }
    }

    /** The sums of a role from whatever there is: folded, still waiting, or in a file of the reference. */
    Optional<RoleSums> sums(String role) {
        foldIfComplete(role);
        boolean folded = Files.exists(layout.sums(role));
        if (folded) {
            RoleSums sums = RoleSums.read(layout.sums(role));
            if (sums.basis().equals(RoleSums.basis(scores(role)))) {
                return Optional.of(sums);
            }
        }
        MeanStore means = new MeanStore(layout, role);
        if (!means.keys().isEmpty()) {
            progress.note("Not everything of " + role + " is in yet; its vectors are of what there is");
            return Optional.of(sum(role, means));
        }
        if (Files.exists(layout.activations(role))) {
            try (ActivationsDump dump = ActivationsDump.open(layout.activations(role))) {
                return Optional.of(sum(role, dump));
            }
        }
        if (folded) {
            throw new PipelineException(
                    "The scores of " + role + " changed after its activations were summed up, and the"
                            + " activations are gone; delete " + layout.sums(role) + " and "
                            + layout.record(role, PipelineStep.ACTIVATIONS) + " and run the activations step again");
        }
        return Optional.empty();
    }

    private RoleSums sum(String role, MeanSource means) {
        return RoleFile.isDefault(role) ? RoleSums.unscored(role, means) : RoleSums.scored(role, means, scores(role));
    }

    private SortedMap<RolloutKey, Integer> scores(String role) {
        return !RoleFile.isDefault(role) && Files.exists(layout.scores(role))
                ? ScoresFile.read(layout.scores(role))
                : new TreeMap<>();
    }

    private boolean complete(String role, PipelineStep step, Class<? extends StepRecord> type, boolean withoutRecord) {
        return Json.read(layout.record(role, step), type)
                .map(StepRecord::complete)
                .orElse(withoutRecord);
    }
}
