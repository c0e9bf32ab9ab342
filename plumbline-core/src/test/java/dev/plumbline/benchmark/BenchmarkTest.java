package dev.plumbline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.Sampling;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    private static final int ROUNDS = 3;

    private static LanguageModel model;

    @BeforeAll
    static void load() throws URISyntaxException {
        model = LanguageModel.load(
                Path.of(BenchmarkTest.class
                        .getResource("/checkpoints/qwen3/grouped-bf16")
                        .toURI()),
                LoadOptions.DEFAULT);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static BenchmarkSettings settings() {
        return new BenchmarkSettings(
                List.of(6),
                List.of(3),
                List.of(5),
                List.of(1, 2),
                List.of(HookLoad.OFF, HookLoad.ALL),
                ROUNDS,
                new Sampling(1, 1, 0, 3));
    }

    @Test
    void everyWorkloadIsMeasuredInEveryRound() {
        List<String> noted = new ArrayList<>();

        BenchmarkReport report = new Benchmark(model, settings(), (done, what) -> noted.add(what)).run();

        // Per batch: prompts and generation twice, extraction only where something is recorded.
        assertThat(report.measurements()).hasSize(2 * (2 + 2 + 1));
        assertThat(noted).hasSize(1 + settings().runs());
        assertThat(report.measurements()).allSatisfy(measurement -> {
            assertThat(measurement.seconds()).hasSize(ROUNDS).allMatch(seconds -> seconds > 0);
            assertThat(measurement.slowest()).isLessThanOrEqualTo(measurement.tokensPerSecond());
            assertThat(measurement.tokensPerSecond()).isLessThanOrEqualTo(measurement.fastest());
        });
    }

    @Test
    void aShareIsTheMedianOverTheRunsWithItsInterval() {
        BenchmarkReport report = new Benchmark(model, settings(), (done, what) -> {}).run();

        assertThat(report.measurements()).extracting(Measurement::share).allSatisfy(share -> {
            assertThat(share.n()).isEqualTo(ROUNDS);
            assertThat(share.value()).isPositive().isBetween(share.low(), share.high());
        });
        assertThat(report.markdown()).contains("of ceiling [95 %]").containsPattern("\\d+ % \\[\\d+, \\d+\\]");
    }

    @Test
    void onlyWorkloadsWithHooksHaveAnOverhead() {
        BenchmarkReport report = new Benchmark(model, settings(), (done, what) -> {}).run();

        assertThat(report.measurements())
                .allSatisfy(measurement -> assertThat(measurement.overhead().isPresent())
                        .as("%s", measurement.workload())
                        .isEqualTo(measurement.workload().load() == HookLoad.ALL
                                && measurement.workload().task() != Workload.Task.EXTRACT));
    }

    @Test
    void anInterruptEndsIt() {
        Benchmark benchmark = new Benchmark(
                model, settings(), (done, what) -> Thread.currentThread().interrupt());

        assertThatThrownBy(benchmark::run).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
