package dev.plumbline.artifact;

import dev.plumbline.tensor.TensorData;

/** The bytes beside a pickle that its tensors are views of. */
@FunctionalInterface
interface PickleStorages {

    /**
     * The storage that a pickle names.
     *
     * @param key name that the pickle gives the storage
     * @param bytes how many it says there are
     * @throws PickleException if there is no such storage, or it has another size
     */
    Storage open(String key, long bytes);

    /** One run of bytes. */
    interface Storage {
        long bytes();

        /** The elements of a view that was checked to lie within. */
        TensorData read(StridedView view);
    }
}
