package dev.plumbline.hook;

import dev.plumbline.tensor.Tensor;

/** Sees activations. */
@FunctionalInterface
public interface Recorder {

    /** Receives what one forward pass computes, site by site, in the order of the computation. */
    @FunctionalInterface
    interface Sink {

        /**
         * Sees one site's activations.
         *
         * @param activations {@code [N, D]} in the model's type, one row per entry of the pass's {@link Rows}; it dies
         *     with the current step and is not to be changed
         */
        void accept(Site site, Tensor activations);
    }

    /**
     * Starts a forward pass that will compute the given rows; not called when there are none. Tensors made here live as
     * long as the pass.
     */
    Sink begin(Rows rows);
}
