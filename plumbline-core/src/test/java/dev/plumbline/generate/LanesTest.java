package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.capture.ProjectionRecorder;
import dev.plumbline.direction.Direction;
import dev.plumbline.generate.Lanes.Range;
import dev.plumbline.generate.LoadOptions.Placement;
import dev.plumbline.generate.LoadOptions.Precision;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Sampling SAMPLED = new Sampling(0.9, 0.95, 0, 24);

    private static LanguageModel model(int lanes) {
        try {
            Path directory = Path.of(LanesTest.class
                    .getResource("/checkpoints/qwen3/grouped-bf16")
                    .toURI());
            return LanguageModel.load(
                    directory,
                    LoadOptions.DEFAULT
                            .withPrecision(Precision.F32)
                            .withPlacement(Placement.CPU)
                            .withLanes(lanes)
                            .withLimits(new BatchLimits(4, 64, 1L << 30)));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TokenSequence> sequences(int count) {
        Random random = new Random(5);
        return IntStream.range(0, count)
                .mapToObj(i -> TokenSequence.of(
                        random.ints(1 + random.nextInt(20), 3, 100).toArray()))
                .toList();
    }

    private static List<GenerationRequest> requests(int count) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (TokenSequence prompt : sequences(count)) {
            requests.add(new GenerationRequest(prompt, Set.of(2, 7, 40), requests.size(), HookPlan.empty()));
        }
        return requests;
    }

    @Test
    void splitsIntoNeighboursOfAboutEqualWeight() {
        assertThat(Lanes.split(new int[] {1, 1, 1, 1, 1, 1}, 3))
                .containsExactly(new Range(0, 2), new Range(2, 4), new Range(4, 6));
        assertThat(Lanes.split(new int[] {9, 1, 1, 1}, 2)).containsExactly(new Range(0, 1), new Range(1, 4));
        assertThat(Lanes.split(new int[] {5, 5}, 8)).containsExactly(new Range(0, 1), new Range(1, 2));
        assertThat(Lanes.split(new int[0], 8)).isEmpty();
        Random random = new Random(3);
        for (int trial = 0; trial < 500; trial++) {
            int[] weights = random.ints(1 + random.nextInt(30), 0, 50).toArray();
            int lanes = 1 + random.nextInt(9);

            List<Range> ranges = Lanes.split(weights, lanes);

            assertThat(ranges).hasSize(Math.min(lanes, weights.length));
            int next = 0;
            for (Range range : ranges) {
                assertThat(range.from()).isEqualTo(next);
                assertThat(range.to()).isGreaterThan(range.from());
                next = range.to();
            }
            assertThat(next).isEqualTo(weights.length);
            double fair = (double) Arrays.stream(weights).sum() / ranges.size();
            int largest = Arrays.stream(weights).max().orElseThrow();
            assertThat(ranges).allSatisfy(range -> assertThat(
                            Arrays.stream(weights, range.from(), range.to()).sum())
                    .isLessThanOrEqualTo((int) Math.ceil(fair) + 2 * largest));
        }
    }

    @Test
    void tokensMeansAndNumbersAreThoseOfOneLane() {
        List<GenerationRequest> requests = requests(30);
        ResponseCapture capture = new ResponseCapture(List.of(1));
        Generation[] one = new Generation[30];
        try (LanguageModel model = model(1)) {
            model.continueTokens(requests, SAMPLED, capture, generation -> one[generation.index()] = generation);
        }
        Generation[] several = new Generation[30];
        int[] heard = new int[30];
        Thread caller = Thread.currentThread();
        try (LanguageModel model = model(4)) {
            model.continueTokens(requests, SAMPLED, capture, (index, token) -> heard[index]++, generation -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                assertThat(several[generation.index()]).isNull();
                several[generation.index()] = generation;
            });
        }
        for (int i = 0; i < 30; i++) {
            assertThat(several[i].ids()).isEqualTo(one[i].ids());
            assertThat(heard[i]).isEqualTo(one[i].ids().length);
            assertThat(several[i].mean().isPresent()).isEqualTo(one[i].mean().isPresent());
            if (one[i].mean().isPresent()) {
                assertThat(several[i].mean().orElseThrow().toFloats())
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(one[i].mean().orElseThrow().toFloats());
            }
        }
    }

    @Test
    void aRecorderSeesEverySequenceUnderItsNumberAndOneThreadAtATime() {
        List<TokenSequence> sequences = sequences(40);
        AtomicBoolean inside = new AtomicBoolean();
        AtomicInteger tokens = new AtomicInteger();
        double[][] bySequence = new double[40][];
        double[][] alone = new double[40][];
        try (LanguageModel several = model(3);
                LanguageModel one = model(1)) {
            float[] vector = new float[several.config().dModel()];
            vector[2] = 1;
            List<Direction> directions = List.of(new Direction(Site.residPost(1), vector));
            for (int i = 0; i < 40; i++) {
                bySequence[i] = new double[sequences.get(i).length()];
                alone[i] = new double[sequences.get(i).length()];
            }
            ProjectionRecorder recorder = new ProjectionRecorder(directions, (d, sequence, position, value) -> {
                assertThat(inside.compareAndSet(false, true)).isTrue();
                bySequence[sequence][position] = value;
                tokens.incrementAndGet();
                inside.set(false);
            });
            several.read(sequences, recorder.after(HookPlan.empty(), Positions.ALL));
            one.read(
                    sequences,
                    new ProjectionRecorder(
                                    directions, (d, sequence, position, value) -> alone[sequence][position] = value)
                            .after(HookPlan.empty(), Positions.ALL));
        }
        assertThat(tokens)
                .hasValue(sequences.stream().mapToInt(TokenSequence::length).sum());
        for (int i = 0; i < 40; i++) {
            assertThat(bySequence[i]).usingComparatorWithPrecision(1e-4).containsExactly(alone[i]);
        }
    }

    @Test
    void theFailureOfOnePartEndsTheOthers() {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        List<Lanes.Part> parts = List.of(
                caller -> {
                    try {
                        begun.countDown();
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        ended.countDown();
                        throw new CancellationException("told to end");
                    }
                },
                caller -> {
                    try {
                        begun.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new IllegalStateException("a part failed");
                });

        assertThatThrownBy(() -> Lanes.run(parts)).hasMessage("a part failed");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void aCallerThatFailsOrIsInterruptedLeavesNothingRunning() {
        AtomicInteger running = new AtomicInteger();
        Lanes.Part endless = caller -> {
            running.incrementAndGet();
            try {
                while (true) {
                    caller.execute(() -> {
                        throw new IllegalArgumentException("the caller's own");
                    });
                }
            } finally {
                running.decrementAndGet();
            }
        };
        assertThatThrownBy(() -> Lanes.run(List.of(endless, endless, endless))).hasMessage("the caller's own");
        assertThat(running).hasValue(0);

        try (LanguageModel model = model(3)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(
                            () -> model.continueTokens(requests(30), SAMPLED, ResponseCapture.none(), generation -> {}))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
        }
        // Threads that were interrupted work for the next call as if nothing had been.
        AtomicInteger finished = new AtomicInteger();
        Lanes.run(Collections.nCopies(3, caller -> caller.execute(finished::incrementAndGet)));
        assertThat(finished).hasValue(3);
    }

    @Test
    void noLaneAtAllIsRefused() {
        assertThatThrownBy(() -> LoadOptions.DEFAULT.withLanes(0)).hasMessageContaining("at least 1 lane");
    }
}
