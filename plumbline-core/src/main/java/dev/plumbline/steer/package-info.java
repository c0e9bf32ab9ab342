/**
 * Changing what a model computes: steering, ablation and capping along directions of the residual stream, and the
 * calibration of caps.
 *
 * <p>An {@link dev.plumbline.steer.Intervention} is a plain value. It is the same mathematics twice: on a float array, in
 * fp64, for tests and for whoever wants to know; and as an edit of a hook plan, on tensors. There unit vectors are brought
 * to the device once per plan; projections and bounds are fp32 whatever the residual stream's type, and the result is rounded to that
 * type once. A plan is thread-safe and can be shared by any number of sequences; sequences of one batch may have different ones.
 */
@NullMarked
package dev.plumbline.steer;

import org.jspecify.annotations.NullMarked;
