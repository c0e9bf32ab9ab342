package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;

/**
 * A norm over each head, each of which has a gain of its own.
 *
 * @param plain the norm without a gain
 * @param gains of all query heads and all key heads, in fp32, {@code [H + K, E]}
 */
record HeadNorm(Norm plain, Tensor gains) implements Norm {

    /** Of heads {@code [T, H + K, E]} in fp32. A norm gives a tensor of its own, so that the gains can be brought in there. */
    @Override
    public Tensor apply(Tensor heads) {
        return plain.apply(heads).mulInPlace(gains);
    }
}
