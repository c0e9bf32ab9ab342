package dev.plumbline.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.text.template.Template;
import dev.plumbline.text.template.TemplateException;
import dev.plumbline.text.template.TracedText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chat template of a checkpoint, rendered as transformers would: with the checkpoint's special tokens as variables,
 * no tools and no documents. Immutable and thread-safe.
 *
 * <p>Where the template does not render a system message, which is tried out and not guessed from a name, a system message
 * that opens a conversation is put before the first user message, with an empty line between (reference:
 * {@code instruction\n\nquestion}); an empty one is dropped. Its text then is part of the user's content.
 */
public final class ChatTemplate {
    /** Purposes for which a checkpoint names a special token. */
    static final List<String> SPECIAL_TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private static final String PROBE = "A probe of the system message";

    private final String source;
    private final Template template;
    private final Map<String, String> specialTokens;
    private final boolean rendersSystem;

    private ChatTemplate(String source, Template template, Map<String, String> specialTokens) {
        this.source = source;
        this.template = template;
        this.specialTokens = Map.copyOf(specialTokens);
        this.rendersSystem = probeSystem();
    }

    /**
     * Makes a template of its text.
     *
     * @param source Jinja
     * @param specialTokens variables such as {@code bos_token}
     * @throws TemplateException if the source is not a template, or uses what is not supported
     */
    public static ChatTemplate of(String source, Map<String, String> specialTokens) {
        return new ChatTemplate(source, Template.parse(source), specialTokens);
    }

    /**
     * Loads a checkpoint's template: chat_template.jinja, else the {@code chat_template} of tokenizer_config.json (of
     * several, the one named {@code default}), else chat_template.json.
     *
     * @throws TextFileException if there is none, or its file is malformed
     * @throws TemplateException if it is not a template, or uses what is not supported
     */
    public static ChatTemplate load(Path checkpoint) {
        Path configFile = checkpoint.resolve("tokenizer_config.json");
        JsonNode config = JsonFile.readIfPresent(configFile);
        String source = ofJinjaFile(checkpoint.resolve("chat_template.jinja"))
                .or(() -> ofConfig(configFile, config))
                .or(() -> ofConfig(
                        checkpoint.resolve("chat_template.json"),
                        JsonFile.readIfPresent(checkpoint.resolve("chat_template.json"))))
                .orElseThrow(() -> new TextFileException(
                        checkpoint,
                        "there is no chat template in chat_template.jinja, tokenizer_config.json or"
                                + " chat_template.json; is this a base model?"));
        return of(source, specialTokens(checkpoint, config));
    }

    private static Optional<String> ofJinjaFile(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (CharacterCodingException e) {
            throw new TextFileException(file, "this chat template is not valid UTF-8 text", e);
        } catch (IOException e) {
            throw new TextFileException(file, "this chat template cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> ofConfig(Path file, JsonNode config) {
        JsonNode template = config.path("chat_template");
        if (template.isMissingNode() || template.isNull()) {
            return Optional.empty();
        }
        if (template.isTextual()) {
            return Optional.of(template.textValue());
        }
        if (!template.isArray()) {
            throw new TextFileException(file, "\"chat_template\" must be a string or a list of named templates");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode named : template) {
            if (!named.path("name").isTextual() || !named.path("template").isTextual()) {
                throw new TextFileException(
                        file, "every template in \"chat_template\" must have a name and a template");
            }
            if (named.get("name").textValue().equals("default")) {
                return Optional.of(named.get("template").textValue());
            }
            names.add(named.get("name").textValue());
        }
        throw new TextFileException(file, "\"chat_template\" has no template named \"default\"; found " + names);
    }

    /** The special tokens by name, from tokenizer_config.json and, where that lacks them, special_tokens_map.json. */
    private static Map<String, String> specialTokens(Path checkpoint, JsonNode config) {
        JsonNode older = JsonFile.readIfPresent(checkpoint.resolve("special_tokens_map.json"));
        Map<String, String> tokens = new HashMap<>();
        for (String name : SPECIAL_TOKENS) {
            JsonNode token = config.has(name) ? config.get(name) : older.path(name);
            JsonNode content = token.isObject() ? token.path("content") : token;
            if (content.isTextual()) {
                tokens.put(name, content.textValue());
            }
        }
        return tokens;
    }

    /** This template with another clock: a few templates print the date. */
    public ChatTemplate withClock(Clock clock) {
        return new ChatTemplate(source, template.withClock(clock), specialTokens);
    }

    /** The template's text. */
    public String source() {
        return source;
    }

    /** SHA-256 of the template's text, in hexadecimal. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A special token by its name, such as {@code eos_token}, if the checkpoint names one. */
    public Optional<String> specialToken(String name) {
        return Optional.ofNullable(specialTokens.get(name));
    }

    /** Whether the template takes a system message and renders what it says. */
    public boolean rendersSystem() {
        return rendersSystem;
    }

    private boolean probeSystem() {
        try {
            List<Message> messages = List.of(Message.system(PROBE), Message.user("Hello"));
            TracedText text = render(messages, Map.of(), false, told(Thinking.OFF));
            return text.runs(0).stream()
                    .anyMatch(run ->
                            text.string().substring(run.start(), run.end()).equals(PROBE));
        } catch (TemplateException e) {
            return false;
        }
    }

    /**
     * Renders a conversation. Each character that comes from a message has the message's index as its origin.
     *
     * @param generationPrompt whether to go on with the header of an assistant's message
     * @throws TemplateException if the template does not take such a conversation
     * @throws IllegalArgumentException if a system message has to go before a user message and there is none
     */
    public TracedText render(Conversation conversation, boolean generationPrompt, Thinking thinking) {
        return render(conversation, generationPrompt, told(thinking));
    }

    /** As {@link #render} of a finished conversation, by a template that is told nothing of thinking. */
    TracedText renderByItsDefaults(Conversation conversation) {
        return render(conversation, false, Map.of());
    }

    private static Map<String, Object> told(Thinking thinking) {
        return Map.of("enable_thinking", thinking == Thinking.ON);
    }

    private TracedText render(Conversation conversation, boolean generationPrompt, Map<String, Object> told) {
        List<Message> messages = conversation.messages();
        boolean folds = !rendersSystem && !messages.isEmpty() && messages.get(0).speaker() == Speaker.SYSTEM;
        return render(messages, folds ? fold(messages) : Map.of(), generationPrompt, told);
    }

    /** What to say instead of the first user's content, by index of the message. */
    private static Map<Integer, String> fold(List<Message> messages) {
        String instruction = messages.get(0).content();
        for (int i = 1; i < messages.size(); i++) {
            if (messages.get(i).speaker() == Speaker.USER) {
                String question = messages.get(i).content();
                return Map.of(i, instruction.isEmpty() ? question : instruction + "\n\n" + question);
            }
        }
        throw new IllegalArgumentException("The chat template takes no system message, and the conversation has no user"
                + " message to put it before");
    }

    private TracedText render(
            List<Message> messages, Map<Integer, String> folded, boolean generationPrompt, Map<String, Object> told) {
        List<Map<String, Object>> turns = new ArrayList<>();
        for (int i = folded.isEmpty() ? 0 : 1; i < messages.size(); i++) {
            Message message = messages.get(i);
            String content = folded.getOrDefault(i, message.content());
            turns.add(Map.of("role", message.speaker().id(), "content", TracedText.from(i, content)));
        }
        Map<String, Object> variables = new LinkedHashMap<>(specialTokens);
        variables.put("messages", turns);
        variables.put("tools", Optional.empty());
        variables.put("documents", Optional.empty());
        variables.put("add_generation_prompt", generationPrompt);
        variables.putAll(told);
        return template.render(variables);
    }
}
