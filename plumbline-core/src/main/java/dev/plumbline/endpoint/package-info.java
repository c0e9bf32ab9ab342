/**
 * A client of OpenAI-compatible chat completions: the LLM judge and generation by endpoint both speak through it. It is
 * polite (a true rate limit, bounded concurrency, backoff that honours {@code Retry-After}) and careful (bounded bodies,
 * bounded attempts, no redirects, a key that never appears in a log or a message). Thread-safe; imports {@code text} only.
 */
@NullMarked
package dev.plumbline.endpoint;

import org.jspecify.annotations.NullMarked;
