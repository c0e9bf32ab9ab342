package dev.plumbline.hook;

import dev.plumbline.tensor.Device;

/**
 * Which tokens the rows of a recorded tensor are.
 *
 * @param sequences number of each row's sequence, as the caller of the model numbers them
 * @param positions absolute position of each row in its sequence
 * @param device where the activations will be
 */
public record Rows(int[] sequences, int[] positions, Device device) {}
