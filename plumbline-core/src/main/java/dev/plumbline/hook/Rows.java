package dev.plumbline.hook;

import dev.plumbline.tensor.Device;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Which tokens the rows of a recorded tensor are.
 *
 * @param sequences number of each row's sequence, as the caller of the model numbers them
 * @param positions absolute position of each row in its sequence
 * @param device where the activations will be
 */
public record Rows(int[] sequences, int[] positions, Device device) {

    /** The same rows under other sequence numbers. */
    public Rows renumbered(IntUnaryOperator number) {
        return new Rows(Arrays.stream(sequences).map(number).toArray(), positions, device);
    }
}
