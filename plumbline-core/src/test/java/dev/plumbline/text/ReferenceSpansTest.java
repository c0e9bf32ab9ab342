package dev.plumbline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.text.template.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Spans that the reference's own code found; made by tools/golden/reference_compat.py. */
class ReferenceSpansTest {
    private static final JsonNode CONVERSATIONS =
            JsonFile.read(ChatFormats.folder().resolve("cases.json")).get("conversations");
    private static final Map<String, ChatFormat> FORMATS = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> spansAreThoseOfTheReference() {
        JsonNode cases = JsonFile.read(ChatFormats.folder().resolveSibling("../compat/spans.json"));
        return stream(cases)
                .map(expected -> dynamicTest(
                        expected.get("format").asText() + " "
                                + expected.get("conversation").asText() + " of "
                                + expected.get("name").asText(),
                        () -> verify(expected)));
    }

    private static void verify(JsonNode expected) {
        ReferenceSpans reference = ReferenceSpans.of(
                FORMATS.computeIfAbsent(expected.get("format").asText(), ChatFormats::load),
                expected.get("name").asText());
        Conversation conversation =
                conversation(CONVERSATIONS.get(expected.get("conversation").asText()));
        if (expected.has("error") && conversation.messages().get(0).speaker() == Speaker.SYSTEM) {
            // There the reference fails, for the template takes no system message; its first step never writes one
            // then.
            assertThat(reference.render(conversation).spans()).allMatch(span -> span.length() > 0);
            return;
        }
        if (expected.has("error")) {
            assertThatThrownBy(() -> reference.render(conversation))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining(expected.get("error").asText());
            return;
        }
        RenderedConversation rendered = reference.render(conversation);
        int tokens = expected.get("ids").asInt();
        List<List<Integer>> spans = new ArrayList<>();
        for (JsonNode span : expected.get("spans")) {
            int start = span.get(1).asInt();
            int end = Math.min(span.get(2).asInt(), tokens);
            if (start < end) {
                spans.add(List.of(span.get(0).asInt(), start, end));
            }
        }
        assertThat(rendered.ids()).hasSize(tokens);
        assertThat(rendered.spans().stream().map(span -> List.of(span.turn(), span.start(), span.end())))
                .containsExactlyElementsOf(spans);
        assertThat(rendered.skipped()).allMatch(turn -> turn.reason() == SkippedTurn.Reason.NOT_FOUND);
        assertThat(rendered.spans().size() + rendered.skipped().size()).isEqualTo((int) conversation.messages().stream()
                .filter(message -> message.speaker() != Speaker.SYSTEM)
                .count());
    }

    private static Conversation conversation(JsonNode messages) {
        return new Conversation(stream(messages)
                .map(message -> new Message(
                        Speaker.of(message.get("role").asText()),
                        message.get("content").asText()))
                .toList());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
