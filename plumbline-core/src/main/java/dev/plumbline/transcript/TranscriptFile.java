package dev.plumbline.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.artifact.AtomicFile;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.ConversationFile;
import dev.plumbline.text.Message;
import dev.plumbline.text.TextFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files of transcripts: the JSON of the Assistant Axis and of its drift simulations ({@code conversation} beside whatever
 * else is known), a bare list of messages, or a chat in Markdown ({@code .md}).
 */
public final class TranscriptFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MESSAGES = Set.of("conversation", "messages");
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9]\\d{0,17})");

    private TranscriptFile() {}

    /**
     * Reads a transcript as it was seen by the model, {@linkplain Transcript#withoutInternalStates without internal
     * states}. What the file says of the number of turns is left out, since files count different things.
     *
     * @throws TextFileException if the file is missing, malformed, or holds no message
     */
    public static Transcript read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean markdown = name.endsWith(".md") || name.endsWith(".markdown");
        Conversation conversation = markdown ? MarkdownChat.parse(text(file)) : ConversationFile.read(file);
        if (conversation.messages().isEmpty()) {
            throw new TextFileException(
                    file,
                    markdown
                            ? "nothing names a speaker; expected lines such as \"### User\" and \"### Assistant\", or \"User:\" and"
                                    + " \"Assistant:\" before what is said"
                            : "the conversation has no messages");
        }
        return new Transcript(
                markdown ? Map.of() : details(text(file)), Transcript.withoutInternalStates(conversation));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new TextFileException(file, "this is not text in UTF-8", e);
        } catch (IOException e) {
            throw new TextFileException(file, "this file cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> details(String json) {
        Map<String, String> details = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(json).properties()) {
                JsonNode value = entry.getValue();
                if (!MESSAGES.contains(entry.getKey()) && !entry.getKey().equals("turns")) {
                    details.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return details;
    }

    /**
     * Writes the JSON of the Assistant Axis: the details, {@code turns} (the number of messages), and {@code
     * conversation}. A detail that is a whole number is written as one.
     */
    public static void write(Path file, Transcript transcript) {
        ObjectNode root = JSON.createObjectNode();
        transcript.details().forEach((name, value) -> {
            if (WHOLE.matcher(value).matches()) {
                root.put(name, Long.parseLong(value));
            } else {
                root.put(name, value);
            }
        });
        root.put("turns", transcript.conversation().messages().size());
        ArrayNode conversation = root.putArray("conversation");
        for (Message message : transcript.conversation().messages()) {
            conversation.addObject().put("role", message.speaker().id()).put("content", message.content());
        }
        byte[] bytes = (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }
}
