/** The organism's tokenizer: byte-level byte-pair encoding, trained on the corpus and written as Hugging Face files. */
@NullMarked
package dev.plumbline.nano.vocabulary;

import org.jspecify.annotations.NullMarked;
