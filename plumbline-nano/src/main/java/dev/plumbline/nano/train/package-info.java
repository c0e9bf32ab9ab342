/**
 * Trains the organism from random weights on libtorch's autograd, and writes it as a Hugging Face checkpoint directory.
 *
 * <p>Native tensors live in a scope per micro-batch; only the weights, their gradients and the optimizer's moments outlive
 * it. Not thread-safe: one thread trains one model.
 */
@NullMarked
package dev.plumbline.nano.train;

import org.jspecify.annotations.NullMarked;
