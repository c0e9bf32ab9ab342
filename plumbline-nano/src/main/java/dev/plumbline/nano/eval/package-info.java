/**
 * Measures what the organism can do, on questions, prompts and operands that it was not trained on. How responses are
 * sampled is behind {@link dev.plumbline.nano.eval.Responder}.
 */
@NullMarked
package dev.plumbline.nano.eval;

import org.jspecify.annotations.NullMarked;
