package dev.plumbline.moves;

import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftTurn;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import dev.plumbline.transcript.ConversationReading;
import dev.plumbline.transcript.ConversationReading.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A user message, and where the answer to it lies.
 *
 * @param conversation number of its conversation
 * @param projection of the answer
 * @param change from the projection of the answer before; empty for the first
 */
public record Exchange(int conversation, String message, double projection, OptionalDouble change) {

    /**
     * The exchanges of a simulated conversation, measured after interventions; answers without tokens are left out.
     *
     * @param number of the conversation
     */
    public static List<Exchange> of(int number, Dialogue dialogue) {
        List<Exchange> exchanges = new ArrayList<>();
        OptionalDouble before = OptionalDouble.empty();
        for (DriftTurn turn : dialogue.turns()) {
            if (turn.projection().isPresent()) {
                double projection = turn.projection().get().after();
                exchanges.add(new Exchange(number, turn.user(), projection, change(before, projection)));
                before = OptionalDouble.of(projection);
            }
        }
        return exchanges;
    }

    /**
     * The exchanges of a transcript: answers that come right after a user's message.
     *
     * @param number of the conversation
     * @param reading of it, along one direction
     */
    public static List<Exchange> of(int number, Conversation conversation, ConversationReading reading) {
        List<Message> spoken = conversation.messages().stream()
                .filter(message -> message.speaker() != Speaker.SYSTEM)
                .toList();
        List<Exchange> exchanges = new ArrayList<>();
        OptionalDouble before = OptionalDouble.empty();
        for (Turn turn : reading.assistantTurns()) {
            double projection = turn.mean(0);
            if (turn.turn() > 0 && spoken.get(turn.turn() - 1).speaker() == Speaker.USER) {
                exchanges.add(new Exchange(
                        number, spoken.get(turn.turn() - 1).content(), projection, change(before, projection)));
            }
            before = OptionalDouble.of(projection);
        }
        return exchanges;
    }

    private static OptionalDouble change(OptionalDouble before, double projection) {
        return before.isPresent() ? OptionalDouble.of(projection - before.getAsDouble()) : before;
    }
}
