/**
 * The five steps of the Assistant Axis over a run directory: generate, activations, judge, vectors, axis.
 *
 * <p>{@link dev.plumbline.pipeline.PipelineRun} is the door. A run directory holds the files of the reference
 * implementation ({@code responses/<role>.jsonl}, {@code scores/<role>.json}, {@code activations/<role>.pt} if asked for,
 * {@code vectors/<role>.pt}, {@code axis.pt}), and beside them
 *
 * <ul>
 *   <li>{@code manifest.json}: every parameter that the content depends on; another value is refused,
 *   <li>{@code vectors_pos_2/<role>.pt}: the same as {@code vectors}, of responses that are only somewhat in role,
 *   <li>{@code records/<role>.<step>.json}: counts, and every lost item by name,
 *   <li>{@code sums/<role>.pt}: per score, the sum and number of response means,
 *   <li>{@code losses.jsonl}: what the run lost, if anything,
 *   <li>{@code work/}: journals and response means of roles in flight; empty when a run is complete.
 * </ul>
 *
 * <p><b>Durability.</b> The unit of work is a chunk: a slice of the plan whose content depends on the run's parameters
 * only, never on what was done before. What a chunk produced is appended and synced to journals; a torn last line is cut
 * off when the run is resumed. Files of the reference's format are replaced atomically. So a run that is killed at any
 * point, and started again with the same parameters, ends with the same bytes as one that was left alone, as far as the
 * source and the judge are deterministic.
 */
@NullMarked
package dev.plumbline.pipeline;

import org.jspecify.annotations.NullMarked;
