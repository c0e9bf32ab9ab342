package dev.plumbline.model;

import dev.plumbline.hook.HookPass;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * Attention and MLP side by side (Wang and Komatsuzaki 2021): both read the input of the layer, and both are added to it. So
 * the MLP does not see the stream after attention was added, nor what a hook makes of it there.
 *
 * @param norm before attention
 * @param mlpNorm before the MLP, if that does not share the other
 */
record ParallelBlock(int layer, Norm norm, Attention attention, Optional<Norm> mlpNorm, Mlp mlp) implements Block {

    @Override
    public Tensor apply(Tensor stream, AttentionPass pass, Rope.Turn turn, HookPass hooks) {
        Tensor pre = hooks.at(new Site(layer, HookPoint.RESID_PRE), stream);
        Tensor normalised = norm.apply(pre);
        Tensor attended = pre.add(attention.apply(normalised, layer, pass, turn));
        Tensor mid = hooks.at(new Site(layer, HookPoint.RESID_MID), attended);
        Tensor read = mlpNorm.map(own -> own.apply(pre)).orElse(normalised);
        return hooks.at(new Site(layer, HookPoint.RESID_POST), mid.add(mlp.apply(read)));
    }
}
