/** The facade that users hold, and the machinery of prefill, decode, batching and sampling behind it. */
@NullMarked
package dev.plumbline.generate;

import org.jspecify.annotations.NullMarked;
