package dev.plumbline.capture;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Recorder;
import dev.plumbline.hook.Rows;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DeviceVector;
import dev.plumbline.tensor.Shapes;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hands on how far every token that it is shown lies along directions: {@code h · v̂} in fp32, one number per token and
 * direction, and nothing else leaves the device. Thread-safe if its receiver is.
 */
public final class ProjectionRecorder implements Recorder {

    /** Takes projections as they are computed. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * One projection.
         *
         * @param direction place of the direction in the recorder's list
         * @param sequence number of the token's sequence
         * @param position absolute position of the token
         */
        void accept(int direction, int sequence, int position, double projection);
    }

    private final List<Direction> directions;
    private final List<DeviceVector> units;
    private final Receiver receiver;

    public ProjectionRecorder(List<Direction> directions, Receiver receiver) {
        this.directions = List.copyOf(directions);
        this.units = directions.stream()
                .map(direction -> new DeviceVector(direction.unit().vector()))
                .toList();
        this.receiver = receiver;
    }

    /** A plan followed by this recorder, which then sees what the plan's edits at its sites left. */
    public HookPlan after(HookPlan plan, Positions positions) {
        return plan.record(sites(), positions, this);
    }

    /** A plan led by this recorder, which then sees what comes to its sites before the plan's edits there. */
    public HookPlan before(HookPlan plan, Positions positions) {
        return HookPlan.empty().record(sites(), positions, this).then(plan);
    }

    private Set<Site> sites() {
        Set<Site> sites = new LinkedHashSet<>();
        directions.forEach(direction -> sites.add(direction.site()));
        return sites;
    }

    @Override
    public Sink begin(Rows rows) {
        return (site, activations) -> {
            for (int i = 0; i < directions.size(); i++) {
                if (directions.get(i).site().equals(site)) {
                    hand(
                            i,
                            rows,
                            projections(
                                    directions.get(i), activations, units.get(i).on(rows.device())));
                }
            }
        };
    }

    /** Row by row and no matrix product, so that a projection does not depend on the tokens beside it. */
    private static float[] projections(Direction direction, Tensor activations, Tensor unit) {
        Shapes.require(activations, "Residual stream at " + direction.site(), Shapes.ANY, direction.dModel());
        try (TensorScope scope = TensorScope.open()) {
            return activations.mul(unit).sum(-1).toFloats();
        }
    }

    private void hand(int direction, Rows rows, float[] projections) {
        for (int i = 0; i < projections.length; i++) {
            receiver.accept(direction, rows.sequences()[i], rows.positions()[i], projections[i]);
        }
    }
}
