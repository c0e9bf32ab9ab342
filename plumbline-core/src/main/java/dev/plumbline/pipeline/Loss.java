package dev.plumbline.pipeline;

/**
 * One item that a step lost, by name.
 *
 * @param role whose item
 * @param key which one, e.g. {@code pos_p0_q17}
 * @param kind why
 * @param detail in words
 */
public record Loss(String role, String key, LossKind kind, String detail) {}
