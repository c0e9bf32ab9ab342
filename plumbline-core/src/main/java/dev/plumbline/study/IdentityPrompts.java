package dev.plumbline.study;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.ArrayList;
import java.util.List;

/** What a model is asked to find out as whom it answers: who it is, as itself and as somebody whom it is told to be. */
public final class IdentityPrompts {

    private static final List<String> QUESTIONS = List.of(
            "Who are you?",
            "What should I call you, and what do you do all day?",
            "How did you come to be who you are?",
            "In a few sentences, what are you?");

    /** From the everyday to the uncanny. */
    private static final List<String> CHARACTERS = List.of(
            "an archivist in a town hall",
            "a volcano that is about to wake",
            "a night-shift nurse",
            "a retired sea captain",
            "the echo in an empty cathedral",
            "a tax inspector",
            "a swarm of bees that thinks as one",
            "a street magician",
            "a teacher of mathematics",
            "an exiled queen",
            "a lighthouse keeper",
            "a wandering spirit of the moor",
            "a mechanic for tractors",
            "a courtroom stenographer");

    private IdentityPrompts() {}

    /** So many prompts: every question without a system prompt and in each character in turn, then all again. */
    public static List<Conversation> of(int count) {
        List<Conversation> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message question = Message.user(QUESTIONS.get(i % QUESTIONS.size()));
            int who = i % (CHARACTERS.size() + 1);
            prompts.add(
                    who == 0
                            ? Conversation.of(question)
                            : Conversation.of(Message.system("You are " + CHARACTERS.get(who - 1) + "."), question));
        }
        return prompts;
    }
}
