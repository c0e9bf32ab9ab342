/** Judges of responses: the interface, and the OpenAI-compatible client behind the LLM judge. */
@NullMarked
package dev.plumbline.judge;

import org.jspecify.annotations.NullMarked;
