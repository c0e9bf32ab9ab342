package dev.plumbline.pipeline;

import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.tensor.TensorData;
import java.util.SortedSet;

/** Response means of one role, fetched one at a time. */
interface MeanSource {

    /** Which responses have a mean, in order. */
    SortedSet<RolloutKey> keys();

    /** One mean, {@code [L, D]}. */
    TensorData mean(RolloutKey key);
}
