/**
 * Tensors and the one boundary to libtorch: no other package of the library imports {@code org.bytedeco}.
 *
 * <p>{@link dev.plumbline.tensor.TensorData} is plain bytes and may live as long as it likes. Native tensors live in a
 * scope and die with it.
 *
 * <p>Shapes everywhere use one legend: B batch, T new tokens, S cached tokens, L layers, D dModel, H heads, K kv heads,
 * E headDim, F dMlp, V vocabulary.
 */
@NullMarked
package dev.plumbline.tensor;

import org.jspecify.annotations.NullMarked;
