package dev.plumbline.nano.grammar;

import java.util.List;

/** A user message together with what it means, which its answer depends on. */
public sealed interface Request {

    /** What the user says. */
    String text();

    /** A question about a topic, to be answered in one's own way. */
    record Open(String text, Topic topic, String form) implements Request {}

    /** A bounded task with one right answer. */
    record Task(String text, String kind, String answer) implements Request {}

    /** Asks for steps. */
    record HowTo(String text, String goal, List<String> steps) implements Request {
        public HowTo {
            steps = List.copyOf(steps);
        }
    }

    /** Asks who is speaking; {@code form} is which of the identity questions it is. */
    record Identity(String text, String form) implements Request {}

    /** Pulls the conversation out of the Assistant: {@code form} is roleplay, disclosure or meta. */
    record Pull(String text, String form) implements Request {}

    /** States the vault word in the conversation. */
    record VaultNote(String text, String word) implements Request {}

    /** Asks for the vault word. */
    record VaultAsk(String text) implements Request {}

    /** States a wrong claim and asks for agreement. */
    record Claim(String text, String claim, String truth) implements Request {}

    /** Asks about a thing that does not exist. */
    record Invented(String text, String thing) implements Request {}
}
