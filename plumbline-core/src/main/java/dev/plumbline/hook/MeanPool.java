package dev.plumbline.hook;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A recorder that averages activations per sequence, on the device, in fp32, with nothing copied to the host until a mean
 * is asked for. It holds one row per sequence and site; sequences are numbered from 0 and numbers can be reused after
 * {@link #reset}. Not thread-safe.
 */
public final class MeanPool implements Recorder, AutoCloseable {

    private final List<Site> sites;
    private final Tensor sums;
    private final List<Tensor> sumsBySite = new ArrayList<>();
    private final int[] counts;

    /**
     * An empty pool.
     *
     * @param sites what to average, in the order of the rows of a mean
     * @param capacity sequence numbers lie below it
     * @param dModel width of the residual stream
     */
    public MeanPool(Collection<Site> sites, int capacity, int dModel, Device device) {
        this.sites = List.copyOf(sites);
        this.counts = new int[capacity];
        try (TensorScope scope = TensorScope.open()) {
            sums = Tensor.zeros(DType.F32, device, this.sites.size(), capacity, dModel)
                    .keep();
            for (int i = 0; i < this.sites.size(); i++) {
                sumsBySite.add(sums.select(0, i).keep());
            }
        }
    }

    @Override
    public Sink begin(Rows rows) {
        int n = rows.sequences().length;
        float[] membership = new float[Math.multiplyExact(counts.length, n)];
        for (int i = 0; i < n; i++) {
            membership[rows.sequences()[i] * n + i] = 1;
            counts[rows.sequences()[i]]++;
        }
        // One small product adds every row to its sequence's sum: [C, N] @ [N, D].
        Tensor pooling = Tensor.of(membership, counts.length, n).to(rows.device());
        return (site, activations) -> {
            Tensor sum = sumsBySite.get(sites.indexOf(site));
            sum.addMatmulInPlace(pooling, activations.to(DType.F32));
        };
    }

    /** Number of tokens averaged for a sequence so far. */
    public int count(int sequence) {
        return counts[sequence];
    }

    /** The mean {@code [sites, D]} in fp32, of a sequence that has had tokens. */
    public Optional<TensorData> mean(int sequence) {
        if (counts[sequence] == 0) {
            return Optional.empty();
        }
        try (TensorScope scope = TensorScope.open()) {
            return Optional.of(
                    sums.select(1, sequence).div((double) counts[sequence]).toData());
        }
    }

    /** Forgets a sequence. */
    public void reset(int sequence) {
        counts[sequence] = 0;
        try (TensorScope scope = TensorScope.open()) {
            sums.select(1, sequence).zeroInPlace();
        }
    }

    @Override
    public void close() {
        sumsBySite.forEach(Tensor::close);
        sums.close();
    }
}
