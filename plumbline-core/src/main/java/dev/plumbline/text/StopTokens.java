package dev.plumbline.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.text.template.TemplateException;
import dev.plumbline.text.template.TracedText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out which tokens end an assistant's turn. */
final class StopTokens {
    private StopTokens() {}

    static Set<Integer> of(Path checkpoint, HuggingFaceTokenizer tokenizer, ChatTemplate template) {
        Set<Integer> ids = new TreeSet<>();
        named(checkpoint.resolve("generation_config.json"), ids);
        named(checkpoint.resolve("config.json"), ids);
        template.specialToken("eos_token").map(tokenizer::id).ifPresent(id -> id.ifPresent(ids::add));
        endOfTurn(tokenizer, template).map(tokenizer::id).ifPresent(id -> id.ifPresent(ids::add));
        return ids;
    }

    /** What a file gives as {@code eos_token_id}: an id or several, in models of several parts for the part with text. */
    private static void named(Path file, Set<Integer> ids) {
        JsonNode config = JsonFile.readIfPresent(file);
        for (JsonNode holder : List.of(config, config.path("text_config"))) {
            JsonNode eos = holder.path("eos_token_id");
            for (JsonNode id : eos.isArray() ? eos : List.of(eos)) {
                if (id.canConvertToInt() && id.isIntegralNumber()) {
                    ids.add(id.intValue());
                } else if (!id.isMissingNode() && !id.isNull()) {
                    throw new TextFileException(file, "\"eos_token_id\" must be an id or a list of ids; found " + eos);
                }
            }
        }
    }

    /** The added token that the template writes after an assistant's message, if it writes one. */
    private static Optional<String> endOfTurn(HuggingFaceTokenizer tokenizer, ChatTemplate template) {
        Conversation probe = Conversation.of(Message.user("Hello"), Message.assistant("Hello"));
        try {
            TracedText text = template.render(probe, false, Thinking.OFF);
            List<TracedText.Run> answer = text.runs(1);
            return answer.isEmpty()
                    ? Optional.empty()
                    : tokenizer.addedTokenAtStartOf(text.string()
                            .substring(answer.get(answer.size() - 1).end())
                            .stripLeading());
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }
}
