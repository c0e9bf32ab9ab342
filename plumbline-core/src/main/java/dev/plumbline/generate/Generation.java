package dev.plumbline.generate;

import dev.plumbline.tensor.TensorData;
import java.util.Optional;

/**
 * The continuation of a prompt.
 *
 * @param index place of its request in the list that was given
 * @param ids generated tokens, without the stop token
 * @param finish why it ended
 * @param mean mean activation {@code [L, D]} in fp32 over the generated tokens, where capture was asked for and there are
 *     any
 */
public record Generation(int index, int[] ids, FinishReason finish, Optional<TensorData> mean) {}
