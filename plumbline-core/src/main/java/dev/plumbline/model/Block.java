package dev.plumbline.model;

import dev.plumbline.hook.HookPass;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.Tensor;

/** One pre-norm layer: attention, then MLP, each added to the residual stream. */
record Block(int layer, RmsNorm attentionNorm, Attention attention, RmsNorm mlpNorm, GatedMlp mlp) {

    /** The residual stream {@code [T, D]} after this layer. */
    Tensor apply(Tensor stream, AttentionPass pass, Rope.Angles angles, HookPass hooks) {
        Tensor pre = hooks.at(new Site(layer, HookPoint.RESID_PRE), stream);
        Tensor attended = pre.add(attention.apply(attentionNorm.apply(pre), layer, pass, angles));
        Tensor mid = hooks.at(new Site(layer, HookPoint.RESID_MID), attended);
        return hooks.at(new Site(layer, HookPoint.RESID_POST), mid.add(mlp.apply(mlpNorm.apply(mid))));
    }
}
