package dev.plumbline.pipeline;

/**
 * A vector that was not made.
 *
 * @param role whose
 * @param kind of which responses: {@code pos_3}, {@code pos_2} or {@code mean}
 * @param responses how many there are
 * @param needed how many it takes
 */
public record SkippedVector(String role, String kind, int responses, int needed) {}
