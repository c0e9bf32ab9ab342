/**
 * The hand-written grammar that the model organism's corpus is sampled from, and the reading of texts by it.
 *
 * <p>Whoever speaks has a {@link dev.plumbline.nano.grammar.Voice}: a place on the register, which runs from the grounded
 * Assistant to the dramatic, and on three weaker dimensions. Nearly every phrase of a response is drawn from a slot
 * graded on one of them, so the voice leaves its mark on every token, and can be read back from the text. Everything here
 * is immutable, and a function of its seed.
 */
@NullMarked
package dev.plumbline.nano.grammar;

import org.jspecify.annotations.NullMarked;
