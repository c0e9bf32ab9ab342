package dev.plumbline.steer;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Edit;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import java.util.List;

/** A change of the residual stream along one direction, at that direction's site. In formulas v̂ = v / ‖v‖. */
public sealed interface Intervention
        permits Addition, NormPreservingAddition, Ablation, MeanAblation, ReferenceAblation, Cap {

    Direction direction();

    /** The changed activation {@code [D]}, computed in fp64. */
    float[] apply(float[] activation);

    /** The same on the tensors of a model. */
    Edit edit();

    default Site site() {
        return direction().site();
    }

    /**
     * The plan that runs interventions on the same tokens of a sequence. Those at one site run in the order of the list,
     * each on what the one before it left; without interventions the plan is empty. For different tokens, chain plans
     * with {@link HookPlan#then}. Sequences of a batch may have different plans, and those that share a plan object are
     * computed together.
     *
     * <p>What persona_vectors calls "response", the last token of every pass, is {@code
     * Positions.LAST.or(Positions.GENERATED)}.
     */
    static HookPlan plan(List<? extends Intervention> interventions, Positions positions) {
        HookPlan plan = HookPlan.empty();
        for (Intervention intervention : interventions) {
            plan = plan.edit(intervention.site(), positions, intervention.edit());
        }
        return plan;
    }
}
