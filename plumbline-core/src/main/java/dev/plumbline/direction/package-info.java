/**
 * Directions in the residual stream and where things lie along them: means, differences of means, the Assistant Axis,
 * principal components, cosines, projections.
 *
 * <p>All values are plain heap arrays, so nobody manages native memory. Vectors are fp32; every sum, difference and
 * decomposition over them is taken in fp64. A layer is a 0-based block index and is always named with its vector. The axis
 * points toward the Assistant. Projection is always on the unit vector.
 */
@NullMarked
package dev.plumbline.direction;

import org.jspecify.annotations.NullMarked;
