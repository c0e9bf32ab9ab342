package dev.plumbline.generate;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.Arrays;

/**
 * What {@link TokenDistribution} draws, computed where the probabilities {@code [B, V]} are: one number of each row leaves the
 * device. Sums are fp32 here, so that a draw at the very edge between two tokens may fall on the other one.
 */
final class BatchedDraw {

    /** The largest fp32 number below 1: a draw just below 1 must not be rounded up to it. */
    private static final float BELOW_ONE = Math.nextDown(1f);

    private final Tensor probabilities;
    private final Device device;
    private final long rows;
    private final int vocabSize;

    /** @param probabilities {@code [B, V]} in fp32 */
    BatchedDraw(Tensor probabilities) {
        this.probabilities = probabilities;
        this.device = probabilities.device();
        this.rows = probabilities.size(0);
        this.vocabSize = Math.toIntExact(probabilities.size(1));
    }

    /**
     * One token id of each row.
     *
     * @param uniforms a number in [0, 1) for each row
     */
    int[] draw(int topK, double topP, double[] uniforms) {
        boolean cutsCount = topK > 0 && topK < vocabSize;
        Tensor kept = cutsCount || topP < 1 ? cut(cutsCount ? topK : vocabSize, topP) : probabilities;
        Tensor cumulative = kept.cumulativeSum(-1);
        Tensor mass = last(cumulative);
        // Tokens that end at or before the point of the draw; as many as there are ids below the one drawn.
        Tensor below = cumulative.lessOrEqual(column(uniforms).mul(mass)).sum(-1);
        Tensor hasMass = constant(Float.MIN_NORMAL, DType.F32).lessOrEqual(mass).select(-1, 0);
        long[] drawn = hasMass.where(below, constant(vocabSize, DType.I64)).toLongs();
        if (Arrays.stream(drawn).anyMatch(id -> id == vocabSize)) {
            throw TokenDistribution.notFinite(Float.NaN);
        }
        return Arrays.stream(drawn).mapToInt(Math::toIntExact).toArray();
    }

    /** The probabilities without those of the tokens that top-k, and then top-p, cut off. */
    private Tensor cut(int count, double topP) {
        Tensor.Sorted ranked = probabilities.sortDescending(-1);
        Tensor mass = ranked.values().cumulativeSum(-1).narrow(-1, 0, count);
        Tensor enough = last(mass).mul(topP).lessOrEqual(mass);
        Tensor lastRank =
                enough.not().sum(-1).minimum(constant(count - 1, DType.I64)).unsqueeze(-1);
        Tensor least = ranked.values().gather(-1, lastRank);
        Tensor leastId = ranked.indices().gather(-1, lastRank);
        Tensor behind = Tensor.range(0, vocabSize, device)
                .unsqueeze(0)
                .lessOrEqual(leastId)
                .not();
        Tensor tied = probabilities.lessOrEqual(least).and(least.lessOrEqual(probabilities));
        Tensor keeps = least.lessOrEqual(probabilities).and(tied.and(behind).not());
        return keeps.where(probabilities, constant(0, DType.F32));
    }

    private Tensor constant(double value, DType dtype) {
        return Tensor.full(value, dtype, device, 1);
    }

    private static Tensor last(Tensor rows) {
        return rows.narrow(-1, rows.size(-1) - 1, 1);
    }

    private Tensor column(double[] uniforms) {
        float[] values = new float[uniforms.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(BELOW_ONE, (float) uniforms[i]);
        }
        return Tensor.of(values, rows, 1).to(device);
    }
}
