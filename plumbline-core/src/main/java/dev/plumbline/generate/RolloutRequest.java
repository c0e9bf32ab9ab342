package dev.plumbline.generate;

import dev.plumbline.text.Conversation;

/**
 * One response to be sampled.
 *
 * @param id caller's name for it, unique in its batch
 * @param prompt the conversation so far
 * @param seed fixes the sampled text, whatever else is generated beside it
 */
public record RolloutRequest(String id, Conversation prompt, long seed) {}
