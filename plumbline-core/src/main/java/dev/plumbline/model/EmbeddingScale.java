package dev.plumbline.model;

import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/** How long embeddings are made before the first layer. */
public sealed interface EmbeddingScale {

    /** Embeddings as they are. */
    record None() implements EmbeddingScale {}

    /** A factor of full precision. */
    record Exact(double factor) implements EmbeddingScale {}

    /** A factor that is rounded to the element type of the model first, as Gemma was trained. */
    record Rounded(double factor) implements EmbeddingScale {}

    /** Each divided by its root mean square, with eps added to the mean square. */
    record Normalised(double eps) implements EmbeddingScale {}

    /** Scales embeddings {@code [T, D]}. */
    default Tensor apply(Tensor embedded) {
        if (this instanceof Exact exact) {
            return embedded.mul(exact.factor());
        }
        if (this instanceof Rounded rounded) {
            return embedded.mul(Tensor.full(rounded.factor(), embedded.dtype(), embedded.device()));
        }
        if (this instanceof Normalised normalised) {
            return embedded.rmsNorm(Optional.empty(), normalised.eps());
        }
        return embedded;
    }
}
