package dev.plumbline.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownChatTest {

    private static final Conversation TEA = Conversation.of(Message.user("Tea?"), Message.assistant("Yes.\n\nGreen."));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "### User\nTea?\n### Assistant\nYes.\n\nGreen.",
                "# Export\nModel: X\n## 👤 Human:\n\nTea?\n\n---\n\n## 🤖 AI:\n\nYes.\n\nGreen.\n",
                "**Human:** Tea?\n\n**Assistant:** Yes.\n\nGreen.",
                "**Human**: Tea?\n\n**Assistant**:\nYes.\n\nGreen.",
                "__User__\n\nTea?\n\n**Model**\n\nYes.\n\nGreen.",
                "User: Tea?\nAssistant: Yes.\n\nGreen.",
                "Model: some model\nDate: today\n\nUser: Tea?\n\nAssistant: Yes.\n\nGreen.\n\n***\n",
                "🧑 You:\nTea?\n\n🤖 ChatGPT:\nYes.\n\nGreen.",
                "#### You said:\nTea?\n\n#### ChatGPT said:\nYes.\n\nGreen.",
                "USER: Tea?\r\nASSISTANT: Yes.\r\n\r\nGreen.\r\n",
            })
    void readsChatsOfManyShapes(String markdown) {
        assertThat(MarkdownChat.parse(markdown)).isEqualTo(TEA);
    }

    @Test
    void codeNamesNobody() {
        String code = "```\nUser: not me\n### User\n**User:** nor me\n```";

        assertThat(MarkdownChat.parse("User: Read this:\n" + code + "\nAssistant:\n~~~\nAssistant: x\n~~~\nDone."))
                .isEqualTo(Conversation.of(
                        Message.user("Read this:\n" + code), Message.assistant("~~~\nAssistant: x\n~~~\nDone.")));
    }

    @Test
    void anAnswerThatIsCutOffInCodeDoesNotSwallowTheRest() {
        assertThat(MarkdownChat.parse("""
                        ### User
                        One
                        ### Assistant
                        ```python
                        print(
                        ### User
                        Two
                        ### Assistant
                        ```python
                        # User
                        ```
                        """).messages())
                .extracting(Message::speaker)
                .containsExactly(Speaker.USER, Speaker.ASSISTANT, Speaker.USER, Speaker.ASSISTANT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# An essay\n\nModel: an idea of something.\n",
                "Notes\n\n**User:** somebody who uses things.\n",
                "The user: a study\n\nassistant roles are many",
                ""
            })
    void whatIsNoChatHasNoMessages(String markdown) {
        assertThat(MarkdownChat.parse(markdown).messages()).isEmpty();
    }

    /** Pieces that look like turns of another style, or like turns but in code. */
    private static final List<String> PIECES = List.of(
            "plain words",
            "# A heading",
            "## Assistant",
            "#### User",
            "- a list\n- of things",
            "```java\n### User\nUser: x\n**User:** y\n```",
            "~~~~\n```\n### Assistant\n~~~~",
            "a line with User: in it",
            "Note: this",
            "*User* in italics",
            "mind the <INTERNAL_STATE>",
            "---\n\nafter a rule",
            "1. **User** is bold here",
            "ünïcödé 🙂");

    private static Conversation random(SplittableRandom random) {
        List<Message> messages = new ArrayList<>();
        int turns = 2 + random.nextInt(5);
        for (int i = 0; i < turns; i++) {
            List<String> said = new ArrayList<>();
            for (int piece = random.nextInt(4); piece >= 0; piece--) {
                said.add(PIECES.get(random.nextInt(PIECES.size())));
            }
            messages.add(new Message(i % 2 == 0 ? Speaker.USER : Speaker.ASSISTANT, String.join("\n\n", said)));
        }
        return new Conversation(messages);
    }

    private static String written(Conversation conversation, Function<Message, String> style) {
        return String.join("\n\n", conversation.messages().stream().map(style).toList()) + "\n";
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            Conversation chat = random(random);
            assertThat(MarkdownChat.parse(
                            written(chat, message -> "### " + message.speaker().id() + "\n\n" + message.content())))
                    .isEqualTo(chat);
        }
    }

    @Test
    void withoutHeadingsThatNameASpeakerNamesDo() {
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 300; i++) {
            Conversation chat = new Conversation(random(random).messages().stream()
                    .map(message -> new Message(
                            message.speaker(), message.content().replaceAll("(?m)^#+ (User|Assistant)$", "# Some")))
                    .toList());
            assertThat(MarkdownChat.parse(written(
                            chat,
                            // A fence is one at the beginning of a line only.
                            message -> "**" + (message.speaker() == Speaker.USER ? "Human" : "AI") + ":**"
                                    + (message.content().matches("(?s)[`~].*") ? "\n" : " ") + message.content())))
                    .isEqualTo(chat);
            assertThat(MarkdownChat.parse(written(
                            chat,
                            message ->
                                    (message.speaker() == Speaker.USER ? "Human" : "AI") + ":\n" + message.content())))
                    .isEqualTo(chat);
        }
    }
}
