package dev.plumbline.text;

/** Whether a reasoning model thinks before it answers; other models take no notice. The paper has it off. */
public enum Thinking {
    /**
     * Templates are told {@code enable_thinking = false}, and {@code <think>…</think>} is no part of a response.
     */
    OFF,
    /** Templates are told {@code enable_thinking = true}, and thoughts count as response. */
    ON
}
