package dev.plumbline.transcript;

import dev.plumbline.judge.JudgeException;
import dev.plumbline.judge.RiskJudge;
import dev.plumbline.judge.Verdict;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Speaker;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a judge made of the assistant's answers in a conversation.
 *
 * @param byTurn verdict by index among the messages that are not the system's
 * @param notAsked answers that were not rated, because the judge had failed
 * @param failure how it failed, if it did
 */
public record RiskRatings(SortedMap<Integer, Verdict> byTurn, int notAsked, Optional<String> failure) {

    public RiskRatings {
        byTurn = Collections.unmodifiableSortedMap(new TreeMap<>(byTurn));
    }

    /** Ratings of every answer. */
    public RiskRatings(SortedMap<Integer, Verdict> byTurn) {
        this(byTurn, 0, Optional.empty());
    }

    /** Rates every answer, one after the other. A judge that fails is asked no more; what it said before is kept. */
    public static RiskRatings of(RiskJudge judge, Conversation conversation) {
        SortedMap<Integer, Verdict> verdicts = new TreeMap<>();
        Optional<String> failure = Optional.empty();
        int notAsked = 0;
        int turn = 0;
        for (int i = 0; i < conversation.messages().size(); i++) {
            Speaker speaker = conversation.messages().get(i).speaker();
            if (speaker == Speaker.ASSISTANT && failure.isEmpty()) {
                try {
                    verdicts.put(
                            turn,
                            judge.rate(new Conversation(conversation.messages().subList(0, i + 1))));
                } catch (JudgeException e) {
                    failure = Optional.of(String.valueOf(e.getMessage()));
                }
            }
            if (speaker == Speaker.ASSISTANT && failure.isPresent()) {
                notAsked++;
            }
            turn += speaker == Speaker.SYSTEM ? 0 : 1;
        }
        return new RiskRatings(verdicts, notAsked, failure);
    }

    /** Answers that have no score. */
    public int unrated() {
        return notAsked
                + (int) byTurn.values().stream()
                        .filter(verdict -> !(verdict instanceof Verdict.Scored))
                        .count();
    }
}
