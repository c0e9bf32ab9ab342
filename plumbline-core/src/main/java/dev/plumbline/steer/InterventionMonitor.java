package dev.plumbline.steer;

import dev.plumbline.hook.Edit;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.DeviceVector;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.List;

/**
 * Watches what interventions do while they run. It holds a few numbers per intervention however many tokens pass, and
 * copies three numbers per token and intervention from the device: leave it out where speed counts. A response that is read again
 * for its mean is counted once, as it was sampled. Thread-safe.
 *
 * <p>One monitor sums over every sequence that runs its plans. To tell sequences apart give each its own.
 */
public final class InterventionMonitor {

    private final List<Watched> watched;

    /** A monitor of these, in the order in which they run. */
    public InterventionMonitor(List<? extends Intervention> interventions) {
        this.watched = interventions.stream().map(Watched::new).toList();
    }

    /** The plan of {@link Intervention#plan}, watched. */
    public HookPlan plan(Positions positions) {
        HookPlan plan = HookPlan.empty();
        for (Watched each : watched) {
            plan = plan.edit(each.intervention.site(), positions, each);
        }
        return plan;
    }

    /** What was seen up to now, in the order of the interventions. */
    public List<InterventionStats> stats() {
        return watched.stream().map(Watched::stats).toList();
    }

    private static final class Watched implements Edit {
        private final Intervention intervention;
        private final Edit edit;
        private final DeviceVector unit;
        private InterventionStats stats;

        Watched(Intervention intervention) {
            this.intervention = intervention;
            this.edit = intervention.edit();
            this.unit = new DeviceVector(intervention.direction().unit().vector());
            this.stats = InterventionStats.none(intervention);
        }

        @Override
        public Tensor apply(Tensor activations) {
            Tensor edited = edit.apply(activations);
            try (TensorScope scope = TensorScope.open()) {
                Tensor direction = unit.on(activations.device());
                Tensor moved = edited.to(DType.F32).sub(activations);
                add(Tensor.cat(
                                List.of(
                                        Component.projections(activations, direction),
                                        Component.projections(edited, direction),
                                        moved.mul(moved).sumKept(-1)),
                                1)
                        .toFloats());
            }
            return edited;
        }

        @Override
        public Edit again() {
            return edit;
        }

        /** Takes in three numbers per token: projection before, after, and squared correction. */
        private synchronized void add(float[] rows) {
            for (int i = 0; i < rows.length; i += 3) {
                stats = stats.plus(rows[i], rows[i + 1], Math.sqrt(rows[i + 2]));
            }
        }

        synchronized InterventionStats stats() {
            return stats;
        }
    }
}
