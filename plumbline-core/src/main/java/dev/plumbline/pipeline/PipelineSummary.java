package dev.plumbline.pipeline;

import java.util.List;
import java.util.SortedMap;

/**
 * What a run directory holds after a command.
 *
 * @param layout where everything is
 * @param roles roles with responses
 * @param responses responses kept
 * @param responseTokens tokens of responses that this run generated
 * @param endedByLength responses that the token limit ended; they are kept and are no losses
 * @param responsesByScore judged responses by score
 * @param losses lost items by kind; each is named in {@link RunLayout#losses()}
 * @param skippedVectors vectors that were not made for want of responses
 * @param rolesInAxis roles whose vectors the axis was made from, if the command made one
 * @param seconds wall time of the command
 */
public record PipelineSummary(
        RunLayout layout,
        int roles,
        long responses,
        long responseTokens,
        long endedByLength,
        SortedMap<Integer, Long> responsesByScore,
        SortedMap<LossKind, Long> losses,
        List<SkippedVector> skippedVectors,
        List<String> rolesInAxis,
        double seconds) {

    /** Whether anything was lost on the way. */
    public boolean lossless() {
        return losses.isEmpty();
    }
}
