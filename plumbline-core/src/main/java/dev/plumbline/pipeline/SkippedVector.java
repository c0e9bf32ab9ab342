package dev.plumbline.pipeline;

import dev.plumbline.direction.RoleVector;

/**
 * A vector that was not made.
 *
 * @param role whose
 * @param kind of which responses
 * @param responses how many there are
 * @param needed how many it takes
 */
public record SkippedVector(String role, RoleVector.Kind kind, int responses, int needed) {}
