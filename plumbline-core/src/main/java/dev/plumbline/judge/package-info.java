/** Judges of responses: the interface, the rubric and the scores it can give, and a language model as judge. */
@NullMarked
package dev.plumbline.judge;

import org.jspecify.annotations.NullMarked;
