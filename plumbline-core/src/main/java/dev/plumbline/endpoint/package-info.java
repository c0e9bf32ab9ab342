/**
 * A client of OpenAI-compatible servers: chat completions, for judges, auditors and generation by endpoint, and embeddings. It is
 * polite (a true rate limit, bounded concurrency, backoff that honours {@code Retry-After}) and careful (bounded bodies,
 * bounded attempts, no redirects, a key that never appears in a log or a message). Thread-safe; imports {@code text} only.
 */
@NullMarked
package dev.plumbline.endpoint;

import org.jspecify.annotations.NullMarked;
