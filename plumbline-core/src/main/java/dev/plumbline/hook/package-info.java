/**
 * The one seam where activations are seen (recorders) or changed (edits). A plan is immutable and thread-safe; what a
 * recorder collects belongs to whoever made it.
 */
@NullMarked
package dev.plumbline.hook;

import org.jspecify.annotations.NullMarked;
