/**
 * One decoder for every supported architecture. Differences between architectures are typed choices of
 * {@link dev.plumbline.model.ModelConfig}; this package names no family.
 *
 * <p>A forward pass takes a packed stream {@code [T, D]} of tokens of several sequences, without padding: linear layers
 * run on all tokens at once, attention within each sequence. Legend: see {@link dev.plumbline.tensor}.
 *
 * <p>A {@link dev.plumbline.model.Decoder} is immutable and may be used by several threads at once; a
 * {@link dev.plumbline.model.KvCache} by one.
 */
@NullMarked
package dev.plumbline.model;

import org.jspecify.annotations.NullMarked;
