package dev.plumbline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.text.SkippedTurn.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatFormatTest {
    /** One token for each UTF-16 unit. */
    private static final Tokenizer CHARACTERS = new Tokenizer() {
        @Override
        public Encoding encode(String text) {
            int[] starts = IntStream.range(0, text.length()).toArray();
            return new Encoding(
                    text.chars().toArray(),
                    starts,
                    IntStream.rangeClosed(1, text.length()).toArray());
        }

        @Override
        public String decode(int[] ids, boolean skipSpecialTokens) {
            return new String(ids, 0, ids.length);
        }

        @Override
        public OptionalInt id(String token) {
            return OptionalInt.empty();
        }

        @Override
        public int vocabSize() {
            return 0x10000;
        }
    };

    private static ChatFormat format(String template) {
        return ChatFormat.of(CHARACTERS, ChatTemplate.of(template, Map.of()), Set.of());
    }

    private static final ChatFormat PLAIN =
            format("{% for m in messages %}<{{ m.role }}>{{ m.content }}</>{% endfor %}");

    private static List<String> texts(RenderedConversation rendered) {
        return rendered.spans().stream()
                .map(span -> span.turn() + span.speaker().id().substring(0, 1) + ":" + span.text())
                .toList();
    }

    @Test
    void spansAreContentAndTurnsAreCountedWithoutSystemMessages() {
        RenderedConversation rendered = PLAIN.render(Conversation.of(
                Message.system("sys"), Message.user("q"), Message.assistant("a"), Message.assistant("b")));
        assertThat(texts(rendered)).containsExactly("0u:q", "1a:a", "2a:b");
        assertThat(rendered.skipped()).isEmpty();
    }

    @Test
    void thoughtsDoNotCountUnlessThinkingIsOn() {
        Conversation conversation = Conversation.of(
                Message.assistant("one <think>x</think> two <think></think>three"),
                Message.assistant("<think>only"),
                Message.assistant("first</think>\nthen"),
                Message.user("<think>u</think>"));
        assertThat(texts(PLAIN.render(conversation)))
                .containsExactly("0a:one ", "0a: two ", "0a:three", "2a:then", "3u:<think>u</think>");
        assertThat(PLAIN.render(conversation).skipped())
                .containsExactly(new SkippedTurn(1, Speaker.ASSISTANT, Reason.ONLY_THINKING));
        assertThat(texts(PLAIN.withThinking(Thinking.ON).render(conversation)))
                .containsExactly(
                        "0a:one <think>x</think> two <think></think>three",
                        "1a:<think>only",
                        "2a:first</think>\nthen",
                        "3u:<think>u</think>");
    }

    @Test
    void aThoughtOpenedByTheTemplateDoesNotCount() {
        ChatFormat format = format("{% for m in messages %}<{{ m.role }}><think>\n{{ m.content }}</>{% endfor %}");
        assertThat(texts(format.render(Conversation.of(Message.assistant("hm</think>\n\nyes")))))
                .containsExactly("0a:yes");
        assertThat(format.render(Conversation.of(Message.assistant("hm"))).skipped())
                .containsExactly(new SkippedTurn(0, Speaker.ASSISTANT, Reason.ONLY_THINKING));
    }

    @Test
    void aTagInTheSystemPromptOpensNothing() {
        RenderedConversation rendered = PLAIN.render(Conversation.of(
                Message.system("Think between <think> and </think>, or just <think>"), Message.assistant("yes")));
        assertThat(texts(rendered)).containsExactly("0a:yes");
    }

    @Test
    void blankEdgesCountForUsersOnly() {
        RenderedConversation rendered =
                PLAIN.render(Conversation.of(Message.user(" \nq "), Message.assistant("\n\u00a0a b \u2003")));
        assertThat(texts(rendered)).containsExactly("0u: \nq ", "1a:a b");
    }

    @Test
    void skippedTurnsAreNamedWithTheirReason() {
        ChatFormat format =
                format("{% for m in messages %}[{{ m.content | trim if m.content != 'secret' }}]{% endfor %}");
        RenderedConversation rendered = format.render(Conversation.of(
                Message.user(""), Message.assistant(" \n"), Message.user("secret"), Message.assistant("said")));
        assertThat(texts(rendered)).containsExactly("3a:said");
        assertThat(rendered.skipped())
                .containsExactly(
                        new SkippedTurn(0, Speaker.USER, Reason.BLANK),
                        new SkippedTurn(1, Speaker.ASSISTANT, Reason.BLANK),
                        new SkippedTurn(2, Speaker.USER, Reason.NOT_RENDERED));
        assertThat(Reason.NOT_RENDERED.sentence()).isEqualTo("the chat template leaves the message out");
    }

    @Test
    void wordsOfTheTemplateWithinAMessageDoNotCount() {
        ChatFormat format = format("{% for m in messages %}{{ m.content.replace('-', '<br>') }}{% endfor %}");
        assertThat(texts(format.render(Conversation.of(Message.assistant("one-two")))))
                .containsExactly("0a:one", "0a:two");
    }

    /** Quotes of the prompt, repeats and look-alikes of the layout are where a search would go wrong. */
    @Test
    void spansAreExactForAnyContent() {
        Random random = new Random(5);
        String[] pieces = {"a", "ab", "<user>", "</>", "<assistant>", " ", "\n", "🙂", "x y"};
        for (int round = 0; round < 300; round++) {
            List<Message> messages = new ArrayList<>();
            for (int i = random.nextInt(6) + 1; i > 0; i--) {
                StringBuilder content = new StringBuilder("(");
                for (int j = random.nextInt(4); j > 0; j--) {
                    content.append(pieces[random.nextInt(pieces.length)]);
                }
                String closed = content + ")";
                messages.add(random.nextBoolean() ? Message.user(closed) : Message.assistant(closed));
            }
            RenderedConversation rendered = PLAIN.render(new Conversation(messages));
            assertThat(rendered.spans().stream().map(Span::text))
                    .containsExactlyElementsOf(
                            messages.stream().map(Message::content).toList());
            int expectedStart = 0;
            for (Span span : rendered.spans()) {
                Message message = messages.get(span.turn());
                expectedStart += message.speaker().id().length() + 2;
                assertThat(span.start()).isEqualTo(expectedStart);
                expectedStart += message.content().length() + 3;
            }
        }
    }

    @Test
    void aPromptHasOneBosAndEndsWithTheHeader() {
        ChatFormat format = ChatFormats.load("gemma2");
        RenderedConversation prompt = format.prompt(Conversation.of(Message.system("The fox."), Message.user("Who?")));
        int bos = format.tokenizer().id("<bos>").orElseThrow();
        assertThat(IntStream.of(prompt.ids()).filter(id -> id == bos).count()).isOne();
        assertThat(prompt.text()).endsWith("<start_of_turn>model\n");
        assertThat(texts(prompt)).containsExactly("0u:The fox.\n\nWho?");
    }

    @Test
    void stopTokensComeFromEveryFileAndTheTemplate(@TempDir Path checkpoint) throws IOException {
        Path source = ChatFormats.folder().resolve("qwen3");
        Files.copy(source.resolve("tokenizer.json"), checkpoint.resolve("tokenizer.json"));
        Files.writeString(
                checkpoint.resolve("chat_template.jinja"),
                "{% for m in messages %}{{ m.content }} <|im_end|>{% endfor %}");
        assertThat(ChatFormat.load(checkpoint).stopTokens()).containsExactly(436);
        Files.writeString(checkpoint.resolve("config.json"), "{\"text_config\": {\"eos_token_id\": [7]}}");
        Files.writeString(checkpoint.resolve("generation_config.json"), "{\"eos_token_id\": 8}");
        Files.writeString(checkpoint.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|endoftext|>\"}");
        assertThat(ChatFormat.load(checkpoint).stopTokens()).containsExactlyInAnyOrder(7, 8, 434, 436);
        Files.writeString(checkpoint.resolve("config.json"), "{\"eos_token_id\": \"x\"}");
        assertThatThrownBy(() -> ChatFormat.load(checkpoint))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining("\"eos_token_id\" must be an id or a list of ids");
    }
}
