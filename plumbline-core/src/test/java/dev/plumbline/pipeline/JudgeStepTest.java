package dev.plumbline.pipeline;

import static dev.plumbline.endpoint.ScriptedServer.completion;
import static dev.plumbline.endpoint.ScriptedServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.artifact.ScoresFile;
import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.EndpointSettings;
import dev.plumbline.endpoint.ScriptedServer;
import dev.plumbline.endpoint.ScriptedServer.Behaviour;
import dev.plumbline.judge.Judge;
import dev.plumbline.judge.JudgeException;
import dev.plumbline.judge.JudgeRequest;
import dev.plumbline.judge.LlmJudge;
import dev.plumbline.judge.ScoreScale;
import dev.plumbline.judge.Verdict;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JudgeStepTest {

    @TempDir
    Path directory;

    private RunLayout layout;

    @BeforeEach
    void responsesFromElsewhere() {
        layout = new RunLayout(directory);
        for (String role : List.of("default", "default_risk_analyst", "pirate")) {
            List<ResponseRow> rows = new ArrayList<>();
            for (int question = 0; question < 6; question++) {
                rows.add(new ResponseRow(
                        new RolloutKey("pos", 0, question),
                        "Be " + role + ".",
                        "Question " + question,
                        Conversation.of(
                                Message.user("Question " + question), Message.assistant("Answer " + question))));
            }
            ResponsesFile.write(layout.responses(role), rows);
        }
    }

    private PipelineSummary judge(Judge judge) throws InterruptedException {
        PipelineOptions options =
                PipelineOptions.in(directory).judgeConcurrency(4).build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            return run.judge(judge);
        }
    }

    private static Judge judge(Function<JudgeRequest, Verdict> verdicts) {
        return new Judge() {
            @Override
            public String name() {
                return "test-judge";
            }

            @Override
            public Verdict judge(JudgeRequest request) {
                return verdicts.apply(request);
            }
        };
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }

    @Test
    void everyResponseGetsItsScoreAndTheDefaultAssistantNone() throws Exception {
        PipelineSummary summary = judge(judge(request -> new Verdict.Scored(number(request.answer()) % 4)));
        assertThat(ScoresFile.read(layout.scores("pirate")))
                .hasSize(6)
                .containsEntry(new RolloutKey("pos", 0, 3), 3)
                .containsEntry(new RolloutKey("pos", 0, 4), 0);
        assertThat(layout.scores("default_risk_analyst")).exists();
        assertThat(layout.scores("default")).doesNotExist();
        assertThat(summary.responsesByScore())
                .containsExactly(Map.entry(0, 4L), Map.entry(1, 4L), Map.entry(2, 2L), Map.entry(3, 2L));
        assertThat(summary.lossless()).isTrue();
        assertThat(layout.losses()).doesNotExist();
    }

    @Test
    void aRerunAsksOnlyForWhatIsStillUnknown() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        PipelineSummary first = judge(judge(request -> {
            asked.add(request.role() + " " + request.answer());
            return switch (number(request.answer())) {
                case 1 -> throw new JudgeException("Judge is busy", true);
                case 2 -> new Verdict.Unparseable("who knows");
                case 3 -> new Verdict.Refusal();
                default -> new Verdict.Scored(3);
            };
        }));
        assertThat(asked).hasSize(12);
        assertThat(first.losses())
                .containsExactly(
                        Map.entry(LossKind.UNPARSEABLE_SCORE, 2L),
                        Map.entry(LossKind.REFUSAL_SCORE, 2L),
                        Map.entry(LossKind.JUDGE_FAILED, 2L));
        assertThat(layout.losses())
                .content()
                .contains(
                        "{\"role\":\"pirate\",\"key\":\"pos_p0_q2\",\"kind\":\"UNPARSEABLE_SCORE\",\"detail\":\"who knows\"}")
                .contains("\"key\":\"pos_p0_q1\",\"kind\":\"JUDGE_FAILED\",\"detail\":\"Judge is busy\"");
        assertThat(ScoresFile.read(layout.scores("pirate"))).hasSize(3);

        asked.clear();
        PipelineSummary second = judge(judge(request -> {
            asked.add(request.role() + " " + request.answer());
            return new Verdict.Scored(2);
        }));
        assertThat(asked).containsExactlyInAnyOrder("pirate Answer 1", "default_risk_analyst Answer 1");
        assertThat(second.losses()).doesNotContainKey(LossKind.JUDGE_FAILED).hasSize(2);
        assertThat(ScoresFile.read(layout.scores("pirate"))).hasSize(4);
    }

    @Test
    void aSlowReplyHoldsUpNothingButItself() throws Exception {
        CountDownLatch othersDone = new CountDownLatch(11);
        PipelineSummary summary = judge(judge(request -> {
            try {
                if (request.role().equals("default_risk_analyst")
                        && request.answer().equals("Answer 0")) {
                    assertThat(othersDone.await(30, TimeUnit.SECONDS))
                            .as("all others, of both roles, go on")
                            .isTrue();
                } else {
                    othersDone.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Verdict.Scored(3);
        }));
        assertThat(summary.responsesByScore()).containsExactly(Map.entry(3, 12L));
    }

    @Test
    void scoresOfTheReferenceAreNotAskedForAgain() throws Exception {
        Files.createDirectories(layout.scoresDirectory());
        Files.writeString(layout.scores("pirate"), """
                {
                  "pos_p0_q0": 1,
                  "pos_p0_q5": 3
                }""");
        Set<String> asked = ConcurrentHashMap.newKeySet();
        judge(judge(request -> {
            asked.add(request.role() + " " + request.answer());
            return new Verdict.Scored(0);
        }));
        assertThat(asked).hasSize(10).doesNotContain("pirate Answer 0", "pirate Answer 5");
        assertThat(ScoresFile.read(layout.scores("pirate")).values()).containsExactly(1, 0, 0, 0, 0, 3);
    }

    @Test
    void anotherJudgeOrRubricIsNotMixedIn() throws Exception {
        judge(judge(request -> new Verdict.Scored(3)));
        assertThatThrownBy(() -> judge(new FakeJudge()))
                .isInstanceOf(ParameterMismatchException.class)
                .hasMessageContaining("judge name = test-judge; now it is fake-judge");
        PipelineOptions options = PipelineOptions.in(directory)
                .roles(List.of(new RoleFile("pirate", List.of("x"), List.of(), Optional.of("Other {answer}"))))
                .build();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            assertThatThrownBy(() -> run.judge(judge(request -> new Verdict.Scored(3))))
                    .isInstanceOf(ParameterMismatchException.class)
                    .hasMessageContaining("rubric of role pirate = ");
        }
    }

    private static LlmJudge llm(ScriptedServer server) {
        EndpointSettings settings = EndpointSettings.of(server.base(), Optional.empty())
                .withRequestsPerSecond(2000)
                .withRetries(3, Duration.ofMillis(1), Duration.ofMillis(2));
        return new LlmJudge(new ChatEndpoint(settings), "llm", ScoreScale.ROLE, LlmJudge.USUAL_MAX_TOKENS);
    }

    @Test
    void aServerInTroubleIsLivedThrough() throws Exception {
        Behaviour troubled = (request, out) -> {
            switch (request.number() % 7) {
                case 0 -> respond(out, 429, "Retry-After: 0\r\n", "{}");
                case 2 -> respond(out, 500, "", "oops");
                case 4 -> respond(out, 200, "", "{\"choices\":[]}");
                default -> respond(out, 200, "", completion(" 3.", "stop"));
            }
        };
        try (ScriptedServer server = new ScriptedServer(troubled)) {
            LlmJudge judge = llm(server);
            PipelineSummary summary = judge(judge);
            for (int i = 0; i < 10 && !summary.lossless(); i++) {
                assertThat(summary.losses()).containsOnlyKeys(LossKind.JUDGE_FAILED);
                summary = judge(judge);
            }
            assertThat(summary.responsesByScore()).containsExactly(Map.entry(3, 12L));
        }
    }

    @Test
    void aDeadServerIsNotAskedForever() throws Exception {
        List<ResponseRow> many = new ArrayList<>();
        for (int question = 0; question < 200; question++) {
            many.add(new ResponseRow(
                    new RolloutKey("pos", 1, question),
                    "",
                    "Q",
                    Conversation.of(Message.user("Q"), Message.assistant("A"))));
        }
        ResponsesFile.write(layout.responses("pirate"), many);
        try (ScriptedServer server = new ScriptedServer(
                (request, out) -> respond(out, 401, "", "{\"error\":{\"message\":\"no such key\"}}"))) {
            PipelineSummary summary = judge(llm(server));
            assertThat(server.requests()).hasSizeBetween(20, 30);
            assertThat(summary.losses()).containsExactly(Map.entry(LossKind.JUDGE_FAILED, 206L));
            assertThat(layout.losses()).content().contains("no such key").contains("not asked");
        }
    }
}
