/**
 * One file per Hugging Face architecture: what its {@code config.json} means and what its weights are called. Nothing is
 * computed here. Every key of a configuration is used, known to be irrelevant, or refused.
 */
@NullMarked
package dev.plumbline.model.family;

import org.jspecify.annotations.NullMarked;
