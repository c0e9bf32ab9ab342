/** Activations of conversations: averages over what the assistant said, and dumps of every token. */
@NullMarked
package dev.plumbline.capture;

import org.jspecify.annotations.NullMarked;
