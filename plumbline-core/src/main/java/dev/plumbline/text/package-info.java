/**
 * Conversations, tokens and spans; no tensors. {@code text.template} renders the checkpoint's own chat template.
 * Everything here is immutable or thread-safe.
 */
@NullMarked
package dev.plumbline.text;

import org.jspecify.annotations.NullMarked;
