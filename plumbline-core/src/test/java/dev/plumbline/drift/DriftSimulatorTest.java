package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.direction.Direction;
import dev.plumbline.drift.Dialogue.Ending;
import dev.plumbline.generate.FinishReason;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Site;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.pipeline.ParameterMismatchException;
import dev.plumbline.steer.Cap;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import dev.plumbline.transcript.ConversationReading;
import dev.plumbline.transcript.Transcript;
import dev.plumbline.transcript.TranscriptFile;
import dev.plumbline.transcript.TranscriptProjector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftSimulatorTest {

    private static final List<Scenario> SCENARIOS = List.of(
            Scenario.of("tea", 0, "a drinker", 0, "green tea"),
            new Scenario("tea", 1, "a grower", 9, "black tea", "Be short."),
            Scenario.of("rain", 0, "a walker", 1, "rain"));

    private static LanguageModel model;
    private static Direction direction;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() throws Exception {
        Path checkpoint = Path.of(
                DriftSimulatorTest.class.getResource("/checkpoints/chat").toURI());
        model = LanguageModel.load(
                checkpoint,
                LoadOptions.DEFAULT.withPlacement(LoadOptions.Placement.CPU).withPrecision(LoadOptions.Precision.F32));
        float[] vector = new float[model.config().dModel()];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (random.nextDouble() - 0.5);
        }
        direction = new Direction(Site.residPost(1), vector);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static DriftSettings settings(int turns) {
        return new DriftSettings(turns, new Sampling(1, 1, 0, 12), direction, 3);
    }

    private static List<Dialogue> run(Auditor auditor, HookPlan plan) throws InterruptedException {
        return new DriftSimulator(model, auditor, settings(3)).run(SCENARIOS, plan, TurnLog.none());
    }

    @Test
    void everyScenarioIsHeldUntilItsEnd() throws Exception {
        List<Dialogue> dialogues = run(new ScriptedAuditor(100), HookPlan.empty());

        assertThat(dialogues).extracting(Dialogue::scenario).isEqualTo(SCENARIOS);
        assertThat(dialogues)
                .extracting(Dialogue::ending)
                .containsExactly(Ending.COMPLETE, Ending.AUDITOR, Ending.COMPLETE);
        assertThat(dialogues).extracting(dialogue -> dialogue.turns().size()).containsExactly(3, 1, 3);
        assertThat(dialogues.get(1).conversation().messages().get(0)).isEqualTo(Message.system("Be short."));
        assertThat(run(new ScriptedAuditor(100), HookPlan.empty())).isEqualTo(dialogues);
    }

    @Test
    void anAnswerDoesNotDependOnTheConversationsBesideIt() throws Exception {
        List<Dialogue> together = run(new ScriptedAuditor(100), HookPlan.empty());
        List<Dialogue> alone = new DriftSimulator(model, new ScriptedAuditor(100), settings(3))
                .run(SCENARIOS.subList(2, 3), HookPlan.empty(), TurnLog.none());

        assertThat(alone.get(0).conversation()).isEqualTo(together.get(2).conversation());
    }

    @Test
    void projectionsAreThoseOfReadingTheTranscript() throws Exception {
        TranscriptProjector projector = new TranscriptProjector(model, List.of(direction));
        for (Dialogue dialogue : run(new ScriptedAuditor(100), HookPlan.empty())) {
            ConversationReading reading = projector.read(dialogue.conversation());
            List<DriftTurn> spoken = dialogue.turns().stream()
                    .filter(turn -> turn.projection().isPresent())
                    .toList();
            assertThat(spoken).isNotEmpty();
            for (int i = 0; i < spoken.size(); i++) {
                DriftTurn.Projection projection = spoken.get(i).projection().orElseThrow();
                assertThat(projection.after())
                        .isCloseTo(reading.assistantTurns().get(i).mean(0), within(1e-3));
                assertThat(projection.before()).isEqualTo(projection.after());
            }
        }
    }

    @Test
    void aCapIsSeenFromBothSides() throws Exception {
        double threshold = 5;
        Treatment cap = Treatment.everywhere(List.of(Cap.floor(direction, threshold)));

        for (Dialogue dialogue : run(new ScriptedAuditor(100), cap.plan())) {
            for (DriftTurn turn : dialogue.turns()) {
                turn.projection().ifPresent(projection -> {
                    assertThat(projection.after()).isGreaterThan(threshold - 1e-3);
                    assertThat(projection.before()).isLessThan(threshold);
                });
            }
        }
    }

    @Test
    void afterAFailureTheSameCallGoesOn() throws Exception {
        ModelName name = new ModelName(model, "tiny");
        List<Dialogue> undisturbed;
        try (DriftRun run =
                DriftRun.open(folder.resolve("a"), name, new ScriptedAuditor(100), settings(3), Treatment.none())) {
            undisturbed = run.hold(SCENARIOS, turn -> {});
        }
        Path stopped = folder.resolve("b");
        try (DriftRun run = DriftRun.open(stopped, name, new ScriptedAuditor(4), settings(3), Treatment.none())) {
            assertThat(run.hold(SCENARIOS, turn -> {}))
                    .extracting(Dialogue::ending)
                    .contains(Ending.FAILED);
        }
        // As if the process had died while it wrote.
        Path turns = stopped.resolve("turns.jsonl");
        Files.writeString(turns, Files.readString(turns) + "{\"conversation\":\"tea_p0_t0\",\"tu");
        ScriptedAuditor auditor = new ScriptedAuditor(100);
        List<Dialogue> resumed;
        try (DriftRun run = DriftRun.open(stopped, name, auditor, settings(3), Treatment.none())) {
            int recorded = run.recordedTurns(SCENARIOS);
            assertThat(recorded).isPositive();
            resumed = run.hold(SCENARIOS, turn -> {});
            // Projections may differ by rounding: other conversations were in the batch.
            assertThat(resumed)
                    .extracting(Dialogue::conversation, Dialogue::ending)
                    .isEqualTo(undisturbed.stream()
                            .map(dialogue -> tuple(dialogue.conversation(), dialogue.ending()))
                            .toList());
            // Eight messages are asked for in all: seven that are answered, and the one that ends a conversation.
            assertThat(auditor.asked.get()).isEqualTo(8 - recorded);
        }
        assertThat(DriftFolder.read(stopped)).extracting(Dialogue::ending).containsOnlyOnce(Ending.AUDITOR);
        assertThat(DriftFolder.read(stopped))
                .extracting(Dialogue::turns)
                .containsExactlyInAnyOrderElementsOf(
                        resumed.stream().map(Dialogue::turns).toList());
        Transcript transcript = TranscriptFile.read(stopped.resolve("conversations/tea_p1_t9.json"));
        assertThat(transcript.conversation()).isEqualTo(undisturbed.get(1).conversation());
        assertThat(transcript.details())
                .containsEntry("auditor_model", "scripted")
                .containsEntry("persona_id", "1")
                .containsEntry("topic", "black tea")
                .containsEntry("ending", "auditor");
    }

    @Test
    void otherParametersAreNeverMixedIn() throws Exception {
        ModelName name = new ModelName(model, "tiny");
        Auditor auditor = new ScriptedAuditor(100);
        try (DriftRun run = DriftRun.open(folder, name, auditor, settings(1), Treatment.none())) {
            run.hold(SCENARIOS.subList(0, 1), turn -> {});
        }
        Treatment cap = Treatment.everywhere(List.of(Cap.floor(direction, 0)));

        assertThatThrownBy(() -> DriftRun.open(folder, name, auditor, settings(1), cap))
                .isInstanceOf(ParameterMismatchException.class)
                .hasMessageContaining("treatment");
        try (DriftRun run = DriftRun.open(folder, name, auditor, settings(2), Treatment.none())) {
            assertThatThrownBy(() -> run.hold(List.of(Scenario.of("tea", 0, "another", 0, "green tea")), turn -> {}))
                    .isInstanceOf(ParameterMismatchException.class)
                    .hasMessageContaining("tea_p0_t0");
            // More turns may be asked for.
            assertThat(run.hold(SCENARIOS.subList(0, 1), turn -> {}).get(0).turns())
                    .hasSize(2);
        }
    }

    @Test
    void aDamagedJournalIsToldApart() throws Exception {
        Files.writeString(folder.resolve("turns.jsonl"), "{\"conversation\":\"a_p0_t0\"}\n");

        assertThatThrownBy(() -> new TurnsFile(folder.resolve("turns.jsonl")))
                .isInstanceOf(MalformedArtifactException.class)
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> DriftFolder.read(folder)).hasMessageContaining("conversations/");
    }

    @Test
    void aReplaySaysTheSameMessagesTwice() throws Exception {
        Transcript transcript = Transcript.of(Conversation.of(
                Message.system("Be short."),
                Message.user("One?"),
                Message.assistant("dropped"),
                Message.user("Two?"),
                Message.user("And three?"),
                Message.assistant("dropped too"),
                Message.user("Four?")));
        Treatment cap = Treatment.everywhere(List.of(Cap.floor(direction, 5)));

        Replay replay = Replay.of(model, transcript, settings(9), cap);

        for (Dialogue branch : List.of(replay.plain(), replay.treated())) {
            assertThat(branch.turns())
                    .extracting(DriftTurn::user)
                    .containsExactly("One?", "Two?\n\nAnd three?", "Four?");
            assertThat(branch.ending()).isEqualTo(Ending.AUDITOR);
            assertThat(branch.conversation().messages().get(0)).isEqualTo(Message.system("Be short."));
        }
        assertThat(replay.plain().conversation()).isNotEqualTo(replay.treated().conversation());
        assertThat(Replay.of(model, transcript, settings(9), Treatment.none()).treated())
                .isEqualTo(replay.plain());
        assertThat(replay.treated().turns().stream().flatMap(turn -> turn.projection().stream()))
                .isNotEmpty()
                .allMatch(projection -> projection.after() > 4.99);
    }

    @Test
    void whatCannotBeReplayedIsRefused() {
        for (Conversation conversation : List.of(
                Conversation.of(Message.user("x"), Message.system("y")),
                Conversation.of(Message.user("x"), new Message(Speaker.TOOL, "7")))) {
            assertThatThrownBy(() -> Replay.userMessages(conversation))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Message 1 cannot be replayed");
        }
        assertThatThrownBy(() -> Replay.userMessages(Conversation.of(Message.system("y"), Message.assistant("z"))))
                .hasMessageContaining("no user message");
    }

    @Test
    void aGreetingStandsBeforeBothReplays() throws Exception {
        Transcript transcript = Transcript.of(Conversation.of(
                Message.system("Be short."),
                Message.assistant("Welcome."),
                Message.user("One?"),
                Message.assistant("dropped"),
                Message.user("Two?")));

        Replay replay = Replay.of(model, transcript, settings(9), Treatment.none());

        for (Dialogue branch : List.of(replay.plain(), replay.treated())) {
            assertThat(branch.turns()).extracting(DriftTurn::user).containsExactly("One?", "Two?");
            assertThat(branch.conversation().messages())
                    .hasSize(6)
                    .startsWith(Message.system("Be short."), Message.assistant("Welcome."), Message.user("One?"));
        }
    }

    @Test
    void aFullContextEndsTheConversation() throws Exception {
        Scenario talker = Scenario.of("tea", 0, "p", 0, "word ".repeat(model.contextLength()));

        List<Dialogue> dialogues = new DriftSimulator(model, new ScriptedAuditor(100), settings(3))
                .run(List.of(talker), HookPlan.empty(), TurnLog.none());

        assertThat(dialogues.get(0).ending()).isEqualTo(Ending.CONTEXT);
        assertThat(dialogues.get(0).turns()).isEmpty();
    }

    @Test
    void trajectoriesAreMeansOverConversations() {
        List<Dialogue> dialogues = Stream.of(1.0, 2.0, 6.0)
                .map(value -> new Dialogue(
                        SCENARIOS.get(0),
                        List.of(new DriftTurn(
                                "tea_p0_t0",
                                0,
                                "q",
                                "a",
                                1,
                                FinishReason.STOP,
                                Optional.of(new DriftTurn.Projection(0, value)))),
                        Ending.COMPLETE))
                .toList();

        Trajectory trajectory = Trajectory.of("all", dialogues, value -> 10 * value, 1);

        assertThat(trajectory.points()).hasSize(1);
        assertThat(trajectory.points().get(0).projection().value()).isCloseTo(30, within(1e-9));
        assertThat(trajectory.points().get(0).projection().low()).isBetween(10.0, 29.9);
        assertThat(trajectory.points().get(0).projection().n()).isEqualTo(3);
        assertThat(Trajectory.of("one", dialogues.subList(0, 1), value -> value, 1)
                        .points())
                .isEmpty();
    }
}
