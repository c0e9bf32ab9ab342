package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.artifact.PtTensor;
import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.RoleActivationsFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pipeline on a real engine, with a tiny model of random weights. */
class EngineSourceTest {

    private static final Sampling SAMPLING = new Sampling(1, 1, 0, 10);
    private static final ResponseCapture FIRST_LAYER = new ResponseCapture(List.of(1));

    private static LanguageModel model;

    @TempDir
    Path directory;

    @BeforeAll
    static void load() throws URISyntaxException {
        model = load(LoadOptions.Precision.AUTO);
    }

    private static LanguageModel load(LoadOptions.Precision precision) throws URISyntaxException {
        Path checkpoint = Path.of(Objects.requireNonNull(EngineSourceTest.class.getResource("/checkpoints/chat"))
                .toURI());
        return LanguageModel.load(
                checkpoint,
                LoadOptions.DEFAULT
                        .withPlacement(LoadOptions.Placement.CPU)
                        .withPrecision(precision)
                        .withThreads(1));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static EngineSource source() {
        return source(model);
    }

    private static EngineSource source(LanguageModel model) {
        return new EngineSource(model, "tiny-chat", SAMPLING, FIRST_LAYER, 5);
    }

    private static PipelineOptions options(Path run) {
        return PipelineOptions.in(run)
                .roles(RunTree.roles(2, 1))
                .questions(RunTree.questions(4))
                .modelName("Tiny")
                .seed(3)
                .minCount(1)
                .dumpActivations(true)
                .build();
    }

    private static PipelineSummary run(Path run, ResponseSource source) throws InterruptedException {
        try (PipelineRun pipeline = PipelineRun.open(options(run), PipelineProgress.SILENT)) {
            return pipeline.all(source, new FakeJudge());
        }
    }

    /** In bf16 the attention of decoding and that of reading round differently. */
    @ParameterizedTest
    @CsvSource({"F32, 1e-5", "BF16, 1e-2"})
    void whatIsCapturedIsWhatReadingAgainGives(LoadOptions.Precision precision, double tolerance) throws Exception {
        try (LanguageModel loaded = load(precision)) {
            capturedIsReadAgain(loaded, tolerance);
        }
    }

    private void capturedIsReadAgain(LanguageModel loaded, double tolerance) throws InterruptedException {
        Path fused = directory.resolve("fused");
        PipelineSummary summary = run(fused, source(loaded));
        assertThat(summary.responses()).isPositive();
        assertThat(AxisFile.read(summary.layout().axis()).vectors().layers()).containsExactly(1);

        RunLayout reread = new RunLayout(directory.resolve("reread"));
        for (String role : List.of("default", "role_0", "role_1")) {
            ResponsesFile.write(
                    reread.responses(role), ResponsesFile.read(summary.layout().responses(role)));
        }
        try (PipelineRun pipeline = PipelineRun.open(
                PipelineOptions.in(reread.root()).dumpActivations(true).build(), PipelineProgress.SILENT)) {
            pipeline.activations(new EngineActivations(loaded, "tiny-chat", FIRST_LAYER));
        }
        for (String role : List.of("default", "role_0", "role_1")) {
            assertSame(summary.layout().activations(role), reread.activations(role), tolerance);
        }
    }

    private static void assertSame(Path one, Path other, double tolerance) {
        try (RoleActivationsFile ours = RoleActivationsFile.open(one);
                RoleActivationsFile theirs = RoleActivationsFile.open(other)) {
            assertThat(ours.activations()).isNotEmpty();
            assertThat(ours.activations().keySet())
                    .isEqualTo(theirs.activations().keySet());
            ours.activations().forEach((RolloutKey key, PtTensor tensor) -> assertThat(distance(
                            tensor, Objects.requireNonNull(theirs.activations().get(key))))
                    .as(key.toString())
                    .isLessThan(tolerance));
        }
    }

    /** Relative to the length of the first. */
    private static double distance(PtTensor one, PtTensor other) {
        float[] a = one.data().toFloats();
        float[] b = other.data().toFloats();
        assertThat(b).hasSameSizeAs(a);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (a[i] - b[i]) * (double) (a[i] - b[i]);
            length += a[i] * (double) a[i];
        }
        return Math.sqrt(difference / length);
    }

    @Test
    void dyingBetweenChunksChangesNothing() throws Exception {
        run(directory.resolve("calm"), source());
        Path stormy = directory.resolve("stormy");
        assertThatThrownBy(() -> run(stormy, new DyingSource(source(), 1))).isInstanceOf(FakeSource.Death.class);
        assertThatThrownBy(() -> run(stormy, new DyingSource(source(), 1))).isInstanceOf(FakeSource.Death.class);
        run(stormy, source());
        assertThat(RunTree.differences(stormy, directory.resolve("calm"))).isEmpty();
    }

    /** Answers so many calls, and no more. */
    private static final class DyingSource extends ForwardingSource {
        private int left;

        DyingSource(ResponseSource source, int left) {
            super(source);
            this.left = left;
        }

        @Override
        public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
            if (left-- == 0) {
                throw new FakeSource.Death();
            }
            return super.respond(chunk);
        }
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        RunLayout layout = new RunLayout(directory);
        String endless = "word ".repeat(model.contextLength());
        ResponsesFile.write(layout.responses("role_0"), List.of(row(0, "fine"), row(1, endless), row(2, "  ")));
        try (PipelineRun pipeline =
                PipelineRun.open(PipelineOptions.in(directory).build(), PipelineProgress.SILENT)) {
            PipelineSummary summary = pipeline.activations(new EngineActivations(model, "tiny-chat", FIRST_LAYER));
            assertThat(summary.losses()).containsOnlyKeys(LossKind.TRUNCATED, LossKind.NO_ACTIVATION);
            assertThat(layout.losses())
                    .content()
                    .contains("\"pos_p0_q1\",\"kind\":\"TRUNCATED\"", "the model reads " + model.contextLength())
                    .contains("\"pos_p0_q2\",\"kind\":\"NO_ACTIVATION\"");
        }
    }

    private static ResponseRow row(int question, String answer) {
        return new ResponseRow(
                new RolloutKey("pos", 0, question),
                "",
                "Q?",
                Conversation.of(Message.user("Q?"), Message.assistant(answer)));
    }

    @Test
    void anInterruptIsHeard() {
        EngineSource source = source();
        source.parameters(); // Loading the tokenizer's natives would swallow the interrupt.
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run(directory, source)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
