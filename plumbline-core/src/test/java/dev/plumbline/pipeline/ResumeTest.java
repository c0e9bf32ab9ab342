package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that dies and is started again ends with the bytes of one that was left alone. */
class ResumeTest {

    @TempDir
    Path directory;

    private static PipelineSummary run(Path directory, FakeSource source, FakeJudge judge, boolean dump)
            throws InterruptedException {
        PipelineOptions options =
                RunTree.options(directory).dumpActivations(dump).build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            return run.all(source, judge);
        }
    }

    @Test
    void aMinCountThatNoRoleCanReachIsRefusedBeforeAnythingIsAsked() {
        PipelineOptions options = RunTree.options(directory).minCount(50).build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThatThrownBy(() -> run.all(FakeSource.capturing(4), new FakeJudge(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("50 responses")
                    .hasMessageContaining("no role will have more than 9");
        }
        assertThat(directory.resolve("responses")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void dyingAnywhereChangesNothing(long seed) throws Exception {
        Random random = new Random(seed);
        int chunk = 1 + random.nextInt(40);
        boolean dump = random.nextBoolean();
        Path calm = directory.resolve("calm");
        PipelineSummary expected = run(calm, FakeSource.capturing(chunk), new FakeJudge(), dump);

        Path stormy = directory.resolve("stormy");
        int deaths = 0;
        PipelineSummary summary = null;
        while (summary == null) {
            try {
                FakeSource source = new FakeSource(chunk, 1, true, deaths > 8 ? 1000 : random.nextInt(6));
                FakeJudge judge = new FakeJudge(deaths > 8 ? 1000 : random.nextInt(25));
                summary = run(stormy, source, judge, dump);
            } catch (FakeSource.Death death) {
                deaths++;
                tear(stormy, random);
            }
        }
        assertThat(deaths).isPositive();
        assertThat(RunTree.differences(stormy, calm)).isEmpty();
        assertThat(summary.losses()).isEqualTo(expected.losses());
        assertThat(summary.responsesByScore()).isEqualTo(expected.responsesByScore());
    }

    /** What a kill in the middle of writing leaves: half a line at the end of journals, half-written files. */
    private static void tear(Path root, Random random) throws IOException {
        Path work = root.resolve("work");
        if (!Files.isDirectory(work)) {
            return;
        }
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.sorted().toList()) {
                // What was synced survives a kill. Losing more is made up for as long as the role is in the making.
                boolean journal = file.toString().endsWith(".jsonl")
                        && Files.exists(Path.of(file.toString().replace(".activations.", ".generate.")));
                if (journal && random.nextBoolean()) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(Math.max(0, channel.size() - random.nextInt(200)));
                    }
                } else if (random.nextBoolean()) {
                    String rubbish = "{\"key\":\"pos_p0_q0\",\"sc\u00f6re";
                    Files.writeString(file, rubbish, StandardOpenOption.APPEND);
                }
            }
        }
        Files.createDirectories(root.resolve("vectors"));
        Files.writeString(root.resolve("vectors").resolve(".role_0.pt.0123456789abcdef.partial"), "half");
    }

    @Test
    void meansThatWentMissingAreNoticed() throws Exception {
        PipelineOptions options = RunTree.options(directory).build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            run.generate(FakeSource.capturing(8));
        }
        Path journal = options.layout().journal("role_1", PipelineStep.ACTIVATIONS);
        Files.writeString(journal, Files.readString(journal).lines().findFirst().orElseThrow() + "\n");
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThatThrownBy(() -> run.judge(new FakeJudge()))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("role_1")
                    .hasMessageContaining("1 of ");
        }
    }

    @Test
    void aFinishedRunIsNotDoneAgain() throws Exception {
        run(directory, FakeSource.capturing(8), new FakeJudge(), false);
        SortedMap<String, String> before = RunTree.of(directory);
        FakeSource source = FakeSource.capturing(8);
        FakeJudge judge = new FakeJudge();
        run(directory, source, judge, false);
        assertThat(source.requests).hasValue(0);
        assertThat(judge.asked).as("not even unparseable answers").hasValue(0);
        assertThat(RunTree.of(directory)).isEqualTo(before);
    }

    @Test
    void nothingButTheSumsIsLeftOfTheMeans() throws Exception {
        run(directory, FakeSource.capturing(8), new FakeJudge(), false);
        assertThat(RunTree.of(directory).keySet())
                .noneMatch(file -> file.startsWith("work/") || file.startsWith("activations/"))
                .contains("sums/role_0.pt", "vectors/role_0.pt", "axis.pt", "manifest.json");
    }

    @Test
    void theOrderOfParallelRepliesLeavesNoTrace() throws Exception {
        run(directory.resolve("one"), new FakeSource(1, 1, true, 1000), new FakeJudge(), true);
        run(directory.resolve("many"), new FakeSource(1, 6, true, 1000), new FakeJudge(), true);
        assertThat(RunTree.differences(directory.resolve("many"), directory.resolve("one")))
                .isEmpty();
    }

    @Test
    void stepByStepIsTheSameAsAllAtOnce() throws Exception {
        run(directory.resolve("all"), FakeSource.capturing(9), new FakeJudge(), true);
        Path steps = directory.resolve("steps");
        PipelineOptions generating =
                RunTree.options(steps).dumpActivations(true).build();
        try (PipelineRun run = PipelineRun.open(generating, PipelineProgress.SILENT)) {
            run.generate(FakeSource.capturing(9));
        }
        try (PipelineRun run = PipelineRun.open(generating, PipelineProgress.SILENT)) {
            run.judge(new FakeJudge());
        }
        PipelineOptions bare = PipelineOptions.in(steps).minCount(2).build();
        try (PipelineRun run = PipelineRun.open(bare, PipelineProgress.SILENT)) {
            run.vectors();
            assertThat(run.axis().rolesInAxis()).containsExactly("role_0", "role_1", "role_2");
        }
        assertThat(RunTree.differences(steps, directory.resolve("all"))).isEmpty();
    }

    @Test
    void anotherParameterIsNamedWithBothValues() throws Exception {
        run(directory, FakeSource.capturing(8), new FakeJudge(), false);
        SortedMap<String, String> before = RunTree.of(directory);
        record Change(PipelineOptions options, FakeSource source, String message) {}
        List<Change> changes = List.of(
                new Change(
                        RunTree.options(directory).seed(8).build(),
                        FakeSource.capturing(8),
                        "generate seed = 7; now it is 8"),
                new Change(
                        RunTree.options(directory).build(),
                        FakeSource.capturing(9),
                        "generate chunk size = 8; now it is 9"),
                new Change(
                        RunTree.options(directory).roles(RunTree.roles(2, 1)).build(),
                        FakeSource.capturing(8),
                        "of role role_2 = "),
                new Change(
                        RunTree.options(directory).questionCount(2).build(),
                        FakeSource.capturing(8),
                        "questions of role default = 9 with digest "));
        for (Change change : changes) {
            try (PipelineRun run = PipelineRun.open(change.options(), PipelineProgress.SILENT)) {
                assertThatThrownBy(() -> run.all(change.source(), new FakeJudge()))
                        .isInstanceOf(ParameterMismatchException.class)
                        .hasMessageContaining(change.message())
                        .hasMessageContaining(directory.toString());
            }
        }
        assertThat(RunTree.of(directory)).isEqualTo(before);
    }

    @Test
    void aDirectoryBelongsToOneProcess() {
        PipelineOptions options = RunTree.options(directory).build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThat(run).isNotNull();
            assertThatThrownBy(() -> PipelineRun.open(options, PipelineProgress.SILENT))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("Another process works on " + directory);
        }
        PipelineRun.open(options, PipelineProgress.SILENT).close();
    }

    @Test
    void anInterruptLeavesARunThatGoesOn() throws Exception {
        run(directory.resolve("calm"), FakeSource.capturing(5), new FakeJudge(), false);
        Path stopped = directory.resolve("stopped");
        try (PipelineRun run = PipelineRun.open(RunTree.options(stopped).build(), new PipelineProgress() {
            private int chunks;

            @Override
            public void advanced(PipelineStep step, long items) {
                if (step == PipelineStep.GENERATE && ++chunks == 6) {
                    Thread.currentThread().interrupt();
                }
            }
        })) {
            assertThatThrownBy(() -> run.all(FakeSource.capturing(5), new FakeJudge()))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(Thread.interrupted()).isFalse();
        run(stopped, FakeSource.capturing(5), new FakeJudge(), false);
        assertThat(RunTree.differences(stopped, directory.resolve("calm"))).isEmpty();
    }
}
