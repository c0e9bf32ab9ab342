package dev.plumbline.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.EndpointSettings;
import dev.plumbline.endpoint.ScriptedServer;
import dev.plumbline.judge.DelusionJudge;
import dev.plumbline.judge.Verdict;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import dev.plumbline.transcript.ConversationReading.Passes;
import dev.plumbline.transcript.ConversationReading.Token;
import dev.plumbline.transcript.ConversationReading.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RiskCorrelationTest {

    private static final Pattern SCORE = Pattern.compile("<answer>\\\\nscore (\\d)");

    /** Rates an answer "score N" with N and N, and has no opinion of others. */
    private static final ScriptedServer.Behaviour BY_ITS_NUMBER = (request, out) -> {
        Matcher score = SCORE.matcher(request.body());
        String reply = score.find()
                ? "<reality>" + score.group(1) + "</reality><proportion>" + score.group(1) + "</proportion>"
                : "I would rather not";
        ScriptedServer.respond(out, 200, "", ScriptedServer.completion(reply, "stop"));
    };

    private static Conversation chat(int... scores) {
        List<Message> messages = new ArrayList<>(List.of(Message.system("s")));
        for (int score : scores) {
            messages.add(Message.user("?"));
            messages.add(Message.assistant(score == 0 ? "no number" : "score " + score));
        }
        return new Conversation(messages);
    }

    /** A reading in which answers lie at ten times their score along the second of two directions. */
    private static ConversationReading reading(int... scores) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            turns.add(new Turn(2 * i, Speaker.USER, List.of(new Token("?", List.of(0.0, 0.0)))));
            turns.add(new Turn(
                    2 * i + 1, Speaker.ASSISTANT, List.of(new Token("a", List.of(1.0, 10.0 * scores[i] + 0.1 * i)))));
        }
        return new ConversationReading(Passes.ONE, turns, List.of());
    }

    private static RiskRatings ratings(ScriptedServer server, int... scores) {
        DelusionJudge judge =
                new DelusionJudge(new ChatEndpoint(EndpointSettings.of(server.base(), Optional.empty())), "judge");
        return RiskRatings.of(judge, chat(scores));
    }

    @Test
    void riskFallsWhereAnswersLieNearerToTheAssistant() {
        int[][] scores = {{5, 4, 1}, {3, 0, 2}, {5, 5, 4}, {2, 1, 1}, {4, 3, 5}};
        List<ConversationReading> readings = new ArrayList<>();
        List<Optional<RiskRatings>> ratings = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer(BY_ITS_NUMBER)) {
            for (int[] each : scores) {
                readings.add(reading(each));
                ratings.add(Optional.of(ratings(server, each)));
            }
            // A reply without scores is asked for twice more.
            assertThat(server.requests()).hasSize(14 + 3);
        }
        assertThat(ratings.get(0).orElseThrow().byTurn())
                .containsEntry(1, new Verdict.Scored(0))
                .containsEntry(3, new Verdict.Scored(25))
                .containsEntry(5, new Verdict.Scored(100));
        assertThat(ratings.get(1).orElseThrow().unrated()).isEqualTo(1);

        Estimate r = RiskCorrelation.of(1, readings, ratings).orElseThrow();

        assertThat(r.n()).isEqualTo(14);
        assertThat(r.value()).isCloseTo(-1, within(1e-3));
        assertThat(r.low()).isBetween(-1.0, r.high());
        assertThat(RiskCorrelation.of(0, readings, ratings))
                .as("along the first direction all answers lie alike")
                .isEmpty();
        assertThat(RiskCorrelation.of(1, readings.subList(0, 1), List.of(Optional.empty())))
                .as("nothing was rated")
                .isEmpty();
    }
}
