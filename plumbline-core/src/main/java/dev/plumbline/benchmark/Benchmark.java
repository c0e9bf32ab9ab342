package dev.plumbline.benchmark;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.statistics.GroupedBootstrap;
import dev.plumbline.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Measures a model. All workloads run in every round, each time in another order, so that a machine that slows down slows all of
 * them, and none always follows the same one.
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
        List<Workload> workloads = settings.workloads();
        progress.at(0, "ceilings");
        Ceilings ceilings = Ceilings.measure(model.config(), model.device());
        List<Timed> all = workloads.stream()
                .map(workload -> new Timed(
                        workload, workload.prepare(model, settings.sampling()), new double[settings.rounds()]))
                .toList();
        int done = 0;
        for (int round = -1; round < settings.rounds(); round++) {
            for (Timed timed : inOrderOf(round, all)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("The benchmark was interrupted");
                }
                Workload workload = timed.workload();
                progress.at(done++, workload.name() + " × " + workload.batch() + " " + workload.load());
                double time = time(timed.run());
                if (round >= 0) {
                    timed.seconds()[round] = time;
                }
            }
        }
        List<Measurement> measurements = all.stream()
                .map(timed ->
                        Measurement.of(timed.workload(), timed.seconds(), share(timed, ceilings), overhead(timed, all)))
                .toList();
        return new BenchmarkReport(
                Machine.here(), ModelSummary.of(model), ceilings, measurements, Machine.peakResidentBytes());
    }

    private static List<Timed> inOrderOf(int round, List<Timed> all) {
        List<Timed> turn = new ArrayList<>(all);
        Collections.shuffle(turn, new Random(round));
        return turn;
    }

    private record Timed(Workload workload, Runnable run, double[] seconds) {}

    private static double time(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private double share(Timed timed, Ceilings ceilings) {
        Workload workload = timed.workload();
        double seconds = Measurement.median(timed.seconds());
        ModelCost cost = new ModelCost(model.config());
        DType dtype = model.dtype();
        double gigaflops = ceilings.of(dtype).gigaflops();
        int layers = model.config().nLayers();
        double tokens = workload.totalTokens();
        return switch (workload.task()) {
            case PREFILL -> cost.flops(tokens, layers, workload.batch()) / 1e9 / seconds / gigaflops;
            case EXTRACT -> cost.flops(tokens, lastLayer(workload) + 1, 0) / 1e9 / seconds / gigaflops;
            case DECODE ->
                cost.bytesPerStep(dtype, workload.batch(), workload.tokens() / 2.0)
                        * workload.tokens()
                        / 1e9
                        / seconds
                        / ceilings.readGigabytesPerSecond();
        };
    }

    private int lastLayer(Workload workload) {
        return workload.load().capture(model.config()).layers().stream()
                .mapToInt(layer -> layer)
                .max()
                .orElseThrow();
    }

    /** Against the same workload without hooks, round by round. */
    private static Optional<Estimate> overhead(Timed timed, List<Timed> all) {
        Workload own = timed.workload();
        if (own.load() == HookLoad.OFF) {
            return Optional.empty();
        }
        Workload without = new Workload(own.task(), own.tokens(), own.batch(), HookLoad.OFF);
        return all.stream()
                .filter(other -> other.workload().equals(without))
                .findFirst()
                .map(base -> overhead(timed.seconds(), base.seconds()));
    }

    private static Estimate overhead(double[] with, double[] without) {
        int[] rounds = IntStream.range(0, with.length).toArray();
        return new GroupedBootstrap(RESAMPLES, 0)
                .of(
                        rounds,
                        drawn -> Measurement.median(Arrays.stream(drawn)
                                .mapToDouble(round -> with[round] / without[round] - 1)
                                .toArray()));
    }
}
