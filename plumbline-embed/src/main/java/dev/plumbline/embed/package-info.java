/**
 * Embeddings of sentences by a model that is in a library, kept out of core for its size (docs/adr/0007).
 */
@NullMarked
package dev.plumbline.embed;

import org.jspecify.annotations.NullMarked;
