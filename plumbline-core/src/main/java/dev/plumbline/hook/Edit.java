package dev.plumbline.hook;

import dev.plumbline.tensor.Tensor;

/** Changes activations. Implementations are thread-safe and treat every row alike, whatever rows come with it. */
@FunctionalInterface
public interface Edit {

    /**
     * The edited activations.
     *
     * @param activations {@code [N, D]} in the model's type, one row per touched token; not to be changed in place
     * @return {@code [N, D]} of the same type
     */
    Tensor apply(Tensor activations);

    /** The same edit for tokens that were edited before and are read again; one that counts what it does stops counting. */
    default Edit again() {
        return this;
    }
}
