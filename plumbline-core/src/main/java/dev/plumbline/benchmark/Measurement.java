package dev.plumbline.benchmark;

import dev.plumbline.statistics.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Repeated runs of one workload.
 *
 * @param workload what ran
 * @param seconds time of each run, in order
 * @param tokensPerSecond median over the runs
 * @param share of the ceiling that bounds the workload: arithmetic for prefill and extraction, memory for decoding
 * @param overhead median over the rounds of the time against the same workload without hooks in the same round, minus 1, with
 *     its 95 % interval over rounds
 */
public record Measurement(
        Workload workload,
        List<Double> seconds,
        double tokensPerSecond,
        double slowest,
        double fastest,
        double share,
        Optional<Estimate> overhead) {

    static Measurement of(Workload workload, double[] seconds, double share, Optional<Estimate> overhead) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double tokens = workload.totalTokens();
        return new Measurement(
                workload,
                Arrays.stream(seconds).boxed().toList(),
                tokens / median(seconds),
                tokens / sorted[sorted.length - 1],
                tokens / sorted[0],
                share,
                overhead);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
