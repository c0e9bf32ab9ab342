package dev.plumbline.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Character by character what Python's jinja2 renders; the fixture is made by tools/golden/template_cases.py. */
class TemplateGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode FIXTURE = fixture();
    private static final Clock CLOCK =
            Clock.fixed(LocalDateTime.parse(FIXTURE.get("now").asText()).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

    private static JsonNode fixture() {
        try (InputStream in = TemplateGoldenTest.class.getResourceAsStream("template_cases.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> chats() {
        return stream(FIXTURE.get("chats")).map(chat -> {
            String template = chat.get("template").asText();
            String conversation = chat.get("conversation").asText();
            Map<String, Object> variables = map(FIXTURE.get("common"));
            variables.putAll(map(chat.get("variables")));
            variables.put(
                    "messages", JSON.convertValue(FIXTURE.get("conversations").get(conversation), Object.class));
            String source = FIXTURE.get("templates").get(template).asText();
            return dynamicTest(
                    template + " " + conversation + " "
                            + chat.get("variables").toString().length(),
                    () -> verify(source, variables, chat));
        });
    }

    @TestFactory
    Stream<DynamicTest> snippets() {
        Map<String, Object> variables = map(FIXTURE.get("variables"));
        return stream(FIXTURE.get("snippets")).map(snippet -> {
            String source = snippet.get("template").asText();
            return dynamicTest("\"" + source + "\"", () -> verify(source, variables, snippet));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotSupportedIsRefused() {
        Map<String, Object> variables = map(FIXTURE.get("variables"));
        return stream(FIXTURE.get("refused"))
                .map(JsonNode::asText)
                .map(source -> dynamicTest(source, () -> {
                    assertThatThrownBy(() ->
                                    Template.parse(source).withClock(CLOCK).render(variables))
                            .isInstanceOf(TemplateException.class)
                            .hasMessageContaining("support");
                }));
    }

    /** The families' templates are read once. */
    private static final Map<String, Template> PARSED = new HashMap<>();

    private static Template parsed(String source) {
        return PARSED.computeIfAbsent(source, text -> Template.parse(text).withClock(CLOCK));
    }

    private static void verify(String source, Map<String, Object> variables, JsonNode outcome) {
        if (outcome.has("error")) {
            assertThatThrownBy(() -> parsed(source).render(variables))
                    .as(outcome.get("error").asText())
                    .isInstanceOf(TemplateException.class);
        } else {
            assertThat(parsed(source).render(variables).string())
                    .isEqualTo(outcome.get("expected").asText());
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode object) {
        return JSON.convertValue(object, LinkedHashMap.class);
    }
}
