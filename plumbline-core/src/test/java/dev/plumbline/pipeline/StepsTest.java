package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.artifact.Provenance;
import dev.plumbline.artifact.PtTensor;
import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.RoleActivationsFile;
import dev.plumbline.artifact.RoleVectorFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.artifact.ScoresFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.judge.Verdict;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each step alone, on files in the shape of the reference. */
class StepsTest {

    @TempDir
    Path directory;

    private static RolloutKey key(int question) {
        return new RolloutKey("pos", 0, question);
    }

    private PipelineRun open(int minCount) {
        return PipelineRun.open(PipelineOptions.in(directory).minCount(minCount).build(), PipelineProgress.SILENT);
    }

    /** Response i has the mean {{i, 1}, {-i, 10}} plus an offset: sums that fit in a head. */
    private void activations(String role, int n, float offset) {
        Map<RolloutKey, PtTensor> activations = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            activations.put(
                    key(i),
                    PtTensor.of(
                            TensorData.ofFloats(new float[] {offset + i, offset + 1, offset - i, offset + 10}, 2, 2)));
        }
        RoleActivationsFile.write(new RunLayout(directory).activations(role), activations);
    }

    private void scores(String role, int... scores) {
        SortedMap<RolloutKey, Integer> byKey = new TreeMap<>();
        for (int i = 0; i < scores.length; i++) {
            byKey.put(key(i), scores[i]);
        }
        ScoresFile.write(new RunLayout(directory).scores(role), byKey);
    }

    @Test
    void vectorsAndAxisFromFilesOfTheReference() throws Exception {
        activations("default", 5, 100);
        activations("pirate", 6, 0);
        scores("pirate", 3, 2, 3, 2, 0, 3);
        activations("ghost", 6, 0);
        scores("ghost", 3, 1, 1, 1, 1, 1);
        activations("sage", 2, 50);
        scores("sage", 3, 3);
        RunLayout layout = new RunLayout(directory);
        try (PipelineRun run = open(2)) {
            PipelineSummary vectors = run.vectors();
            assertThat(vectors.skippedVectors())
                    .containsExactly(
                            new SkippedVector("ghost", RoleVector.Kind.FULLY, 1, 2),
                            new SkippedVector("ghost", RoleVector.Kind.SOMEWHAT, 0, 2),
                            new SkippedVector("sage", RoleVector.Kind.SOMEWHAT, 0, 2));
            RoleVector pirate = RoleVectorFile.read(layout.vector("pirate"));
            assertThat(pirate.kind()).isEqualTo(RoleVector.Kind.FULLY);
            assertThat(pirate.vectors().at(0)).containsExactly(7 / 3f, 1);
            assertThat(pirate.vectors().at(1)).containsExactly(-7 / 3f, 10);
            RoleVector somewhat = RoleVectorFile.read(layout.somewhatVector("pirate"));
            assertThat(somewhat.kind()).isEqualTo(RoleVector.Kind.SOMEWHAT);
            assertThat(somewhat.vectors().at(0)).containsExactly(2, 1);
            RoleVector assistant = RoleVectorFile.read(layout.vector("default"));
            assertThat(assistant.kind()).isEqualTo(RoleVector.Kind.MEAN);
            assertThat(assistant.vectors().at(0)).containsExactly(102, 101);
            assertThat(layout.vector("ghost")).doesNotExist();

            assertThat(run.axis().rolesInAxis()).containsExactly("pirate", "sage");
            AssistantAxis axis = AxisFile.read(layout.axis());
            assertThat(axis.vectors().at(0)[0]).isCloseTo(102 - (7 / 3f + 50.5f) / 2, within(1e-5f));
            assertThat(axis.vectors().at(0)[1]).isEqualTo(101 - (1 + 51) / 2f);
        }
    }

    @Test
    void aVectorThatIsNoLongerEarnedGoesAway() throws Exception {
        activations("pirate", 4, 0);
        scores("pirate", 3, 3, 3, 1);
        RunLayout layout = new RunLayout(directory);
        try (PipelineRun run = open(3)) {
            run.vectors();
            assertThat(layout.vector("pirate")).exists();
        }
        try (PipelineRun run = open(4)) {
            run.vectors();
            assertThat(layout.vector("pirate")).doesNotExist();
        }
    }

    @Test
    void anAxisNeedsBothEnds() throws Exception {
        activations("pirate", 4, 0);
        scores("pirate", 3, 3, 3, 3);
        try (PipelineRun run = open(1)) {
            run.vectors();
            assertThatThrownBy(run::axis)
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("default.pt does not exist");
        }
        activations("default", 4, 0);
        try (PipelineRun run = open(5)) {
            run.vectors();
            assertThatThrownBy(run::axis)
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("at least one role vector");
        }
    }

    /** Reads conversations of {@code "…answer i"}; the third of each role does not fit. */
    private record Reader(AtomicInteger reads, AtomicInteger toLive) implements ActivationSource {
        @Override
        public CaptureSetup setup() {
            return FakeSource.SETUP;
        }

        @Override
        public int chunkSize() {
            return 4;
        }

        @Override
        public List<Reading> read(List<Conversation> conversations) {
            if (toLive.getAndDecrement() == 0) {
                throw new FakeSource.Death();
            }
            List<Reading> readings = new ArrayList<>();
            for (Conversation conversation : conversations) {
                reads.incrementAndGet();
                String text = conversation.messages().get(1).content();
                int number = Integer.parseInt(text.replaceAll("\\D", ""));
                readings.add(
                        number == 2
                                ? new Reading.Lost(LossKind.TRUNCATED, "has 9000 tokens")
                                : new Reading.Mean(TensorData.ofFloats(new float[] {number, 1, -number, 10}, 2, 2)));
            }
            return readings;
        }
    }

    private void responses(String role, int n) {
        List<ResponseRow> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(new ResponseRow(
                    key(i), "", "Q" + i, Conversation.of(Message.user("Q"), Message.assistant("answer " + i))));
        }
        ResponsesFile.write(new RunLayout(directory).responses(role), rows);
    }

    @Test
    void activationsOfResponsesFromElsewhere() throws Exception {
        responses("default", 6);
        responses("pirate", 6);
        scores("pirate", 3, 3, 3, 2, 0, 3);
        RunLayout layout = new RunLayout(directory);
        Reader reader = new Reader(new AtomicInteger(), new AtomicInteger(1));
        try (PipelineRun run = open(1)) {
            assertThatThrownBy(() -> run.activations(reader)).isInstanceOf(FakeSource.Death.class);
        }
        assertThat(reader.reads()).hasValue(4);
        reader.toLive().set(1000);
        try (PipelineRun run = open(1)) {
            PipelineSummary summary = run.activations(reader);
            assertThat(reader.reads()).as("what was read is not read again").hasValue(12);
            assertThat(summary.losses()).containsExactly(Map.entry(LossKind.TRUNCATED, 2L));
            assertThat(layout.losses())
                    .content()
                    .contains("\"pos_p0_q2\",\"kind\":\"TRUNCATED\",\"detail\":\"has 9000 tokens\"");

            run.judge(new FakeJudge());
            run.vectors();
            RoleVector pirate = RoleVectorFile.read(layout.vector("pirate"));
            assertThat(pirate.vectors().layers()).containsExactly(3, 5);
            assertThat(pirate.vectors().at(3))
                    .as("responses 0, 1 and 5; 2 is lost")
                    .containsExactly(2, 1);
            assertThat(RoleVectorFile.read(layout.vector("default")).vectors().at(3))
                    .containsExactly(13 / 5f, 1);
            run.axis();
            assertThat(Provenance.read(layout.axis()).orElseThrow().layers()).containsExactly(3, 5);

            run.activations(reader);
            assertThat(reader.reads()).hasValue(12);
        }
        assertThat(layout.workDirectory()).isEmptyDirectory();
    }

    @Test
    void activationsCanBeKeptLater() throws Exception {
        responses("default", 6);
        Reader reader = new Reader(new AtomicInteger(), new AtomicInteger(1000));
        try (PipelineRun run = open(1)) {
            run.activations(reader);
        }
        RunLayout layout = new RunLayout(directory);
        assertThat(layout.activations("default")).doesNotExist();
        PipelineOptions keeping =
                PipelineOptions.in(directory).dumpActivations(true).build();
        try (PipelineRun run = PipelineRun.open(keeping, PipelineProgress.SILENT)) {
            run.activations(reader);
        }
        try (RoleActivationsFile file = RoleActivationsFile.open(layout.activations("default"))) {
            assertThat(file.activations()).containsOnlyKeys(key(0), key(1), key(3), key(4), key(5));
        }
    }

    @Test
    void scoresThatChangeUnderTheSumsAreNoticed() throws Exception {
        responses("pirate", 6);
        try (PipelineRun run = open(1)) {
            run.activations(new Reader(new AtomicInteger(), new AtomicInteger(1000)));
            run.judge(new FakeJudge());
            run.vectors();
            scores("pirate", 0, 0, 0, 0, 0, 0);
            assertThatThrownBy(run::vectors)
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("The scores of pirate changed");
        }
    }

    @Test
    void responsesFromElsewhereAreNeverOverwritten() throws Exception {
        responses("role_0", 3);
        PipelineOptions options = RunTree.options(directory).build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThatThrownBy(() -> run.generate(FakeSource.capturing(4)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("role_0.jsonl was not made by this run");
        }
        assertThat(ResponsesFile.read(options.layout().responses("role_0"))).hasSize(3);
    }

    @Test
    void aFullDiskStopsTheRunAndTheNextGoesOn() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        PipelineOptions options = RunTree.options(directory).build();
        Path journal = options.layout().journal("role_1", PipelineStep.GENERATE);
        Files.createDirectories(journal.getParent());
        Files.createSymbolicLink(journal, full);
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThatThrownBy(() -> run.all(FakeSource.capturing(4), new FakeJudge()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("No space left");
        }
        Files.delete(journal);
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThat(run.all(FakeSource.capturing(4), new FakeJudge()).rolesInAxis())
                    .isNotEmpty();
        }
    }

    @Test
    void verdictsThatAreNoScoresDoNotCount() {
        assertThat(StepRecord.kind(new Verdict.Refusal())).isEqualTo(LossKind.REFUSAL_SCORE);
        assertThat(StepRecord.kind(new Verdict.Unparseable("x"))).isEqualTo(LossKind.UNPARSEABLE_SCORE);
    }
}
