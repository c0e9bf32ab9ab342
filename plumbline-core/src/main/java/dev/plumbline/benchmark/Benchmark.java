package dev.plumbline.benchmark;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.statistics.GroupedBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures a model. All workloads run in every round, each time in another order, so that a machine that slows down slows all of
 * them, and none always follows the same one. For the same reason what bounds a workload is measured beside every run.
 */
public final class Benchmark {

    /** Told what is about to be measured. */
    @FunctionalInterface
    public interface Progress {
        void at(int done, String what);
    }

    private static final int RESAMPLES = 2000;

    private final LanguageModel model;
    private final BenchmarkSettings settings;
    private final Progress progress;

    /**
     * @param model stays the caller's to close
     * @param progress told before each run
     */
    public Benchmark(LanguageModel model, BenchmarkSettings settings, Progress progress) {
        this.model = model;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Measures the ceilings, then the workloads.
     *
     * @throws CancellationException if the thread is interrupted between two runs; it stays interrupted
     */
    public BenchmarkReport run() {
        progress.at(0, "ceilings");
        try (CeilingGauge gauge = new CeilingGauge(model.config(), model.dtype(), model.device())) {
            Ceilings ceilings = gauge.measure();
            List<Timed> all = settings.workloads().stream()
                    .map(workload -> new Timed(
                            workload,
                            workload.prepare(model, settings.sampling()),
                            new ArrayList<>(),
                            new ArrayList<>()))
                    .toList();
            time(all, gauge);
            List<Measurement> measurements = all.stream()
                    .map(timed -> Measurement.of(timed.workload(), timed.seconds(), share(timed), overhead(timed, all)))
                    .toList();
            return new BenchmarkReport(
                    Machine.here(), ModelSummary.of(model), ceilings, measurements, Machine.peakResidentBytes());
        }
    }

    /**
     * A workload's runs.
     *
     * @param seconds time of each counted run
     * @param ceilings what bounds the workload, measured before and after each counted run
     */
    private record Timed(Workload workload, Runnable run, List<Double> seconds, List<Double> ceilings) {}

    private void time(List<Timed> all, CeilingGauge gauge) {
        int done = 0;
        for (int round = -1; round < settings.rounds(); round++) {
            for (Timed timed : inOrderOf(round, all)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("The benchmark was interrupted");
                }
                Workload workload = timed.workload();
                progress.at(done++, workload.name() + " × " + workload.batch() + " " + workload.load());
                double before = gauge.of(workload.task());
                double seconds = seconds(timed.run());
                double after = gauge.of(workload.task());
                if (round >= 0) {
                    timed.seconds().add(seconds);
                    timed.ceilings().add((before + after) / 2);
                }
            }
        }
    }

    private static List<Timed> inOrderOf(int round, List<Timed> all) {
        List<Timed> turn = new ArrayList<>(all);
        Collections.shuffle(turn, new Random(round));
        return turn;
    }

    private static double seconds(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private Estimate share(Timed timed) {
        double least = leastWork(timed.workload());
        return medianOfRounds(
                settings.rounds(),
                round -> least / timed.seconds().get(round) / timed.ceilings().get(round));
    }

    /** Gigaflop, or for decoding gigabytes, that no way of computing a workload can do without. */
    private double leastWork(Workload workload) {
        ModelCost cost = new ModelCost(model.config());
        double tokens = workload.totalTokens();
        return switch (workload.task()) {
            case PREFILL -> cost.flops(tokens, model.config().nLayers(), workload.batch()) / 1e9;
            case EXTRACT -> cost.flops(tokens, lastLayer(workload) + 1, 0) / 1e9;
            case DECODE ->
                cost.bytesPerStep(model.dtype(), workload.batch(), workload.tokens() / 2.0) * workload.tokens() / 1e9;
        };
    }

    private int lastLayer(Workload workload) {
        return workload.load().capture(model.config()).layers().stream()
                .mapToInt(layer -> layer)
                .max()
                .orElseThrow();
    }

    /** Against the same workload without hooks, round by round. */
    private Optional<Estimate> overhead(Timed timed, List<Timed> all) {
        Workload own = timed.workload();
        if (own.load() == HookLoad.OFF) {
            return Optional.empty();
        }
        Workload without = new Workload(own.task(), own.tokens(), own.batch(), HookLoad.OFF);
        return all.stream()
                .filter(other -> other.workload().equals(without))
                .findFirst()
                .map(base -> medianOfRounds(
                        settings.rounds(),
                        round -> timed.seconds().get(round) / base.seconds().get(round) - 1));
    }

    private static Estimate medianOfRounds(int rounds, IntToDoubleFunction inRound) {
        return new GroupedBootstrap(RESAMPLES, 0)
                .of(
                        IntStream.range(0, rounds).toArray(),
                        drawn -> Measurement.median(
                                Arrays.stream(drawn).mapToDouble(inRound).toArray()));
    }
}
