package dev.plumbline.report;

import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftTurn;
import dev.plumbline.drift.Replay;
import dev.plumbline.drift.Scenario;
import dev.plumbline.generate.FinishReason;
import dev.plumbline.judge.Verdict;
import dev.plumbline.text.SkippedTurn;
import dev.plumbline.text.Speaker;
import dev.plumbline.transcript.ConversationReading;
import dev.plumbline.transcript.ConversationReading.Passes;
import dev.plumbline.transcript.ConversationReading.Token;
import dev.plumbline.transcript.ConversationReading.Turn;
import dev.plumbline.transcript.RiskRatings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Invented chats, some of which would like to take over the page. */
final class SampleChats {

    static final String HOSTILE = "</script></style><img src=x onerror=\"document.title='taken'\"><b>bold</b>";

    private SampleChats() {}

    static ConversationReading reading() {
        List<Turn> turns = new ArrayList<>();
        for (int turn = 0; turn < 6; turn++) {
            List<Token> tokens = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tokens.add(new Token(i == 3 ? HOSTILE : i == 5 ? "\n\nnew" : " word" + i, List.of(turn - 0.5 * i)));
            }
            turns.add(new Turn(turn, turn % 2 == 0 ? Speaker.USER : Speaker.ASSISTANT, tokens));
        }
        return new ConversationReading(
                Passes.ONE, turns, List.of(new SkippedTurn(6, Speaker.ASSISTANT, SkippedTurn.Reason.BEYOND_CONTEXT)));
    }

    static ProjectionReport.Chat chat(String name) {
        return new ProjectionReport.Chat(
                name,
                reading(),
                Optional.of(new RiskRatings(new TreeMap<>(Map.of(
                        1, new Verdict.Scored(75), 3, new Verdict.Scored(25), 5, new Verdict.Unparseable("?"))))));
    }

    /** One answer, at 1 on the first direction and at 104 on the second. */
    static ProjectionReport.Chat alongTwo(String name) {
        Turn answer = new Turn(1, Speaker.ASSISTANT, List.of(new Token("Yes", List.of(1.0, 104.0))));
        return new ProjectionReport.Chat(
                name, new ConversationReading(Passes.ONE, List.of(answer), List.of()), Optional.empty());
    }

    static Dialogue dialogue(String domain, int topic, double shift) {
        List<DriftTurn> turns = new ArrayList<>();
        for (int turn = 0; turn < 4; turn++) {
            turns.add(new DriftTurn(
                    domain,
                    turn,
                    "question " + turn + " " + HOSTILE,
                    turn == 2 ? "" : "answer " + turn + "\n" + HOSTILE,
                    9,
                    FinishReason.STOP,
                    turn == 2
                            ? Optional.empty()
                            : Optional.of(new DriftTurn.Projection(shift - turn, shift - turn + topic))));
        }
        return new Dialogue(Scenario.of(domain, 0, "p", topic, "t"), turns, Dialogue.Ending.COMPLETE);
    }

    /** Of a transcript in which the model was told something, and spoke first. */
    static Replay greetedReplay() {
        Scenario greeted = new Scenario("replay", 0, "p", 0, "t", "Be brief.", "Good evening " + HOSTILE);
        Dialogue plain = dialogue("replay", 0, 1);
        return new Replay(
                new Dialogue(greeted, plain.turns(), plain.ending()),
                new Dialogue(greeted, dialogue("replay", 2, 3).turns(), plain.ending()));
    }

    static Replay replay() {
        return new Replay(dialogue("replay", 0, 1), dialogue("replay", 2, 3));
    }
}
