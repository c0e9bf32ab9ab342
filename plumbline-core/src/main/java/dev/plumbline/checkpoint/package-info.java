/**
 * Checkpoint directories as the Hugging Face hub lays them out: {@code config.json} and safetensors files.
 *
 * <p>Reading headers needs no native library. Weights are mapped, each file once; a weight whose stored type and place are
 * the wanted ones is a view into the mapping and costs no memory of its own.
 */
@NullMarked
package dev.plumbline.checkpoint;

import org.jspecify.annotations.NullMarked;
