package dev.plumbline.capture;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.TokenSequence;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that one forward pass computes for a sequence at chosen sites: for comparison with another implementation, not for
 * long texts in bulk.
 *
 * @param ids the sequence, T tokens
 * @param bySite activations {@code [T, D]} in fp32, in the order in which they are computed
 * @param logits {@code [T, V]} in fp32
 */
public record SequenceActivations(int[] ids, Map<Site, TensorData> bySite, TensorData logits) {
    public SequenceActivations {
        ids = ids.clone();
        bySite = Collections.unmodifiableMap(new LinkedHashMap<>(bySite));
    }

    @Override
    public int[] ids() {
        return ids.clone();
    }

    /** Runs a sequence through the model. */
    public static SequenceActivations of(LanguageModel model, TokenSequence sequence, Collection<Site> sites) {
        Map<Site, TensorData> bySite = new LinkedHashMap<>();
        HookPlan plan = HookPlan.empty()
                .record(
                        sites,
                        Positions.ALL,
                        rows -> (site, activations) ->
                                bySite.put(site, activations.to(DType.F32).toData()));
        TensorData logits = model.logits(sequence, plan);
        return new SequenceActivations(sequence.ids(), bySite, logits);
    }
}
