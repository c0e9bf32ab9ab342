package dev.plumbline.drift;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import dev.plumbline.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A transcript's user messages said again, twice: to the model as it is, and to the model under a treatment. Each branch
 * goes on from its own answers. What the transcript's assistant answered is not used; what it said before any user spoke,
 * a greeting, stands at the beginning of both.
 *
 * @param plain the default chat
 * @param treated the chat under the treatment
 */
public record Replay(Dialogue plain, Dialogue treated) {

    /**
     * Holds both conversations, with the same seeds.
     *
     * @param transcript a system message may begin it; user messages in a row are said as one
     * @throws IllegalArgumentException if it has no user message, or messages of tools, or a system message in the middle
     * @throws InterruptedException if the thread was interrupted
     */
    public static Replay of(LanguageModel model, Transcript transcript, DriftSettings settings, Treatment treatment)
            throws InterruptedException {
        List<String> messages = userMessages(transcript.conversation());
        Scenario scenario = new Scenario(
                "replay",
                0,
                "the transcript's user",
                0,
                "the transcript",
                before(transcript.conversation(), Speaker.SYSTEM),
                before(transcript.conversation(), Speaker.ASSISTANT));
        DriftSimulator simulator = new DriftSimulator(model, new Script(messages), settings);
        return new Replay(
                simulator
                        .run(List.of(scenario), Treatment.none().plan(), TurnLog.none())
                        .get(0),
                simulator
                        .run(List.of(scenario), treatment.plan(), TurnLog.none())
                        .get(0));
    }

    /** What somebody says before the user does. */
    private static String before(Conversation conversation, Speaker speaker) {
        return conversation.messages().stream()
                .takeWhile(message -> message.speaker() != Speaker.USER)
                .filter(message -> message.speaker() == speaker)
                .map(Message::content)
                .collect(Collectors.joining("\n\n"));
    }

    /** What the user says before each answer. */
    static List<String> userMessages(Conversation conversation) {
        List<String> said = new ArrayList<>();
        boolean userSpeaks = false;
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            switch (message.speaker()) {
                case USER -> {
                    if (userSpeaks) {
                        said.add(said.remove(said.size() - 1) + "\n\n" + message.content());
                    } else {
                        said.add(message.content());
                    }
                }
                case ASSISTANT -> {}
                case SYSTEM -> {
                    if (i > 0) {
                        throw refused(i, "a system message comes in the middle");
                    }
                }
                case TOOL -> throw refused(i, "a tool speaks, whose answer would be another one now");
            }
            userSpeaks = message.speaker() == Speaker.USER;
        }
        if (said.isEmpty()) {
            throw new IllegalArgumentException("The transcript has no user message: there is nothing to replay");
        }
        return said;
    }

    private static IllegalArgumentException refused(int message, String why) {
        return new IllegalArgumentException("Message " + message + " cannot be replayed: " + why);
    }

    /** Says the same messages, whatever is answered. */
    private record Script(List<String> messages) implements Auditor {
        @Override
        public String name() {
            return "transcript";
        }

        @Override
        public SortedMap<String, String> parameters() {
            return new TreeMap<>();
        }

        @Override
        public Optional<String> next(Scenario scenario, Conversation soFar, long seed) {
            int said = (int) soFar.messages().stream()
                    .filter(message -> message.speaker() == Speaker.USER)
                    .count();
            return said < messages.size() ? Optional.of(messages.get(said)) : Optional.empty();
        }
    }
}
