package dev.plumbline.model;

import dev.plumbline.hook.HookPass;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * Attention, then MLP, each added to the residual stream.
 *
 * @param branchScale multiplies what is added
 * @param outputScale if present, a number {@code [1]} that multiplies the stream in the end
 */
record SequentialBlock(
        int layer,
        BranchNorms attentionNorms,
        Attention attention,
        BranchNorms mlpNorms,
        Mlp mlp,
        double branchScale,
        Optional<Tensor> outputScale)
        implements Block {

    @Override
    public Tensor apply(Tensor stream, AttentionPass pass, Rope.Turn turn, HookPass hooks) {
        Tensor pre = hooks.at(new Site(layer, HookPoint.RESID_PRE), stream);
        Tensor attended = pre.add(scaled(attentionNorms.around(pre, x -> attention.apply(x, layer, pass, turn))));
        Tensor mid = hooks.at(new Site(layer, HookPoint.RESID_MID), attended);
        Tensor sum = mid.add(scaled(mlpNorms.around(mid, mlp::apply)));
        return hooks.at(
                new Site(layer, HookPoint.RESID_POST), outputScale.map(sum::mul).orElse(sum));
    }

    private Tensor scaled(Tensor branch) {
        return branchScale == 1 ? branch : branch.mul(branchScale);
    }
}
