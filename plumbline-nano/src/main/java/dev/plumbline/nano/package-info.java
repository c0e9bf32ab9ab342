/**
 * The bundled model organism: a small model trained on a corpus sampled from a hand-written grammar, so that what is true
 * of it is known. Its checkpoint, its data and its judge.
 */
@NullMarked
package dev.plumbline.nano;

import org.jspecify.annotations.NullMarked;
