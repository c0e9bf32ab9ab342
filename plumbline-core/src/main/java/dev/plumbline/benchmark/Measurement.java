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
 * @param share of the ceiling that bounds the workload, arithmetic for prefill and extraction, memory for decoding: median over
 *     the runs of the share of what was measured before and after the run, with its 95 % interval over runs
 * @param overhead median over the rounds of the time against the same workload without hooks in the same round, minus 1, with
 *     its 95 % interval over rounds
 */
public record Measurement(
        Workload workload,
        List<Double> seconds,
        double tokensPerSecond,
        double slowest,
        double fastest,
        Estimate share,
        Optional<Estimate> overhead) {

    static Measurement of(Workload workload, List<Double> seconds, Estimate share, Optional<Estimate> overhead) {
        double[] sorted = seconds.stream().mapToDouble(s -> s).sorted().toArray();
        double tokens = workload.totalTokens();
        return new Measurement(
                workload,
                List.copyOf(seconds),
                tokens / median(sorted),
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
