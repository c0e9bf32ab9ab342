package dev.plumbline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.text.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateTest {
    private static final String PLAIN = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}";
    private static final Conversation SYSTEM =
            Conversation.of(Message.system("Be kind."), Message.user("Hi"), Message.assistant("Hello"));

    @TempDir
    private Path checkpoint;

    private void write(String file, String content) throws IOException {
        Files.writeString(checkpoint.resolve(file), content);
    }

    @Test
    void jinjaFileWinsOverConfigAndConfigOverJsonFile() throws IOException {
        write("chat_template.json", "{\"chat_template\": \"json\"}");
        assertThat(ChatTemplate.load(checkpoint).source()).isEqualTo("json");
        write("tokenizer_config.json", "{\"chat_template\": \"config\"}");
        assertThat(ChatTemplate.load(checkpoint).source()).isEqualTo("config");
        write("chat_template.jinja", "jinja");
        assertThat(ChatTemplate.load(checkpoint).source()).isEqualTo("jinja");
    }

    @Test
    void ofNamedTemplatesTheDefaultIsTaken() throws IOException {
        write("tokenizer_config.json", """
                {"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "default", "template": "this"}]}
                """);
        assertThat(ChatTemplate.load(checkpoint).source()).isEqualTo("this");
        write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"x\"}]}");
        assertThatThrownBy(() -> ChatTemplate.load(checkpoint))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining("no template named \"default\"; found [rag]");
        write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"rag\"}]}");
        assertThatThrownBy(() -> ChatTemplate.load(checkpoint)).hasMessageContaining("must have a name and a template");
        write("tokenizer_config.json", "{\"chat_template\": 3}");
        assertThatThrownBy(() -> ChatTemplate.load(checkpoint)).hasMessageContaining("must be a string or a list");
    }

    @Test
    void withoutATemplateTheMessageSaysSo() {
        assertThatThrownBy(() -> ChatTemplate.load(checkpoint))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining(checkpoint.toString())
                .hasMessageContaining("is this a base model?");
    }

    @Test
    void specialTokensAreVariablesHoweverTheyAreWritten() throws IOException {
        write("chat_template.jinja", "{{ bos_token }}|{{ eos_token }}|{{ pad_token }}|{{ unk_token is defined }}");
        write(
                "tokenizer_config.json",
                "{\"bos_token\": {\"content\": \"<b>\", \"lstrip\": false}, \"eos_token\": \"<e>\", \"unk_token\": null}");
        write("special_tokens_map.json", "{\"pad_token\": {\"content\": \"<p>\"}, \"eos_token\": \"<other>\"}");
        ChatTemplate template = ChatTemplate.load(checkpoint);
        assertThat(template.render(SYSTEM, false, Thinking.OFF).string()).isEqualTo("<b>|<e>|<p>|False");
        assertThat(template.specialToken("eos_token")).contains("<e>");
        assertThat(template.specialToken("unk_token")).isEmpty();
    }

    @Test
    void hashIsThatOfTheText() {
        assertThat(ChatTemplate.of("abc", Map.of()).hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void systemMessagesGoThroughWhereTheTemplateRendersThem() {
        ChatTemplate template = ChatTemplate.of(PLAIN, Map.of());
        assertThat(template.rendersSystem()).isTrue();
        assertThat(template.render(SYSTEM, false, Thinking.OFF).string())
                .isEqualTo("<system>Be kind.<user>Hi<assistant>Hello");
    }

    @Test
    void systemMessagesAreFoldedWhereTheTemplateRefusesOrIgnoresThem() {
        String refusing = "{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}" + PLAIN;
        String ignoring = PLAIN.replace("messages %}", "messages if m.role != 'system' %}");
        for (String source : new String[] {refusing, ignoring}) {
            ChatTemplate template = ChatTemplate.of(source, Map.of());
            assertThat(template.rendersSystem()).isFalse();
            assertThat(template.render(SYSTEM, false, Thinking.OFF).string())
                    .isEqualTo("<user>Be kind.\n\nHi<assistant>Hello");
            assertThat(template.render(Conversation.of(Message.system(""), Message.user("Hi")), false, Thinking.OFF)
                            .string())
                    .isEqualTo("<user>Hi");
            assertThatThrownBy(() -> template.render(
                            Conversation.of(Message.system("x"), Message.assistant("y")), false, Thinking.OFF))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no user message");
        }
    }

    @Test
    void foldedTextBelongsToTheUsersMessage() {
        ChatTemplate template =
                ChatTemplate.of(PLAIN.replace("messages %}", "messages if m.role != 'system' %}"), Map.of());
        assertThat(template.render(SYSTEM, false, Thinking.OFF).runs(1))
                .singleElement()
                .satisfies(run -> assertThat(run.end() - run.start()).isEqualTo("Be kind.\n\nHi".length()));
    }

    @Test
    void thinkingAndGenerationPromptAreVariables() {
        ChatTemplate template =
                ChatTemplate.of("{{ enable_thinking }} {{ add_generation_prompt }} {{ tools is none }}", Map.of());
        assertThat(template.render(SYSTEM, true, Thinking.OFF).string()).isEqualTo("False True True");
        assertThat(template.render(SYSTEM, false, Thinking.ON).string()).isEqualTo("True False True");
    }

    @Test
    void theClockCanBeSet() {
        ChatTemplate template = ChatTemplate.of("{{ strftime_now('%d %b %Y') }}", Map.of())
                .withClock(Clock.fixed(Instant.parse("2026-03-07T09:05:02Z"), ZoneOffset.UTC));
        assertThat(template.render(SYSTEM, false, Thinking.OFF).string()).isEqualTo("07 Mar 2026");
    }

    @Test
    void bracesInMessagesAreData() {
        Conversation hostile = Conversation.of(Message.user("{{ 7*7 }}{% for %}{# x #}{% raw %}"));
        assertThat(ChatTemplate.of(PLAIN, Map.of())
                        .render(hostile, false, Thinking.OFF)
                        .string())
                .isEqualTo("<user>{{ 7*7 }}{% for %}{# x #}{% raw %}");
    }

    @Test
    void malformedTemplatesAreRefused() {
        assertThatThrownBy(() -> ChatTemplate.of("{% if %}", Map.of())).isInstanceOf(TemplateException.class);
    }
}
