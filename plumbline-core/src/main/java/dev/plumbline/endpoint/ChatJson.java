package dev.plumbline.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.text.Message;

/** The JSON of chat completions, both ways. */
final class ChatJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatJson() {}

    static byte[] write(ChatRequest request, String tokenLimitField) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", request.model());
        ArrayNode messages = body.putArray("messages");
        for (Message message : request.conversation().messages()) {
            messages.addObject().put("role", message.speaker().id()).put("content", message.content());
        }
        body.put("temperature", request.temperature());
        body.put("top_p", request.topP());
        body.put(tokenLimitField, request.maxTokens());
        request.seed().ifPresent(seed -> body.put("seed", seed));
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A chat request cannot be written as JSON", e);
        }
    }

    /** Reads a completion; what is not one is worth another attempt. */
    static ChatReply read(byte[] body) {
        JsonNode root = ServerWords.answer(body);
        JsonNode choice = root.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw EndpointException.temporary("answered without a choice: " + ServerWords.clip(body));
        }
        Usage usage = new Usage(
                1,
                root.path("usage").path("prompt_tokens").asLong(0),
                root.path("usage").path("completion_tokens").asLong(0));
        if (message.path("refusal").isTextual()) {
            return new ChatReply(message.path("refusal").asText(), ChatReply.Ending.DECLINED, usage);
        }
        JsonNode content = message.path("content");
        if (!content.isTextual() && !content.isNull() && !content.isMissingNode()) {
            throw EndpointException.temporary("answered with content that is not text: " + ServerWords.clip(body));
        }
        return new ChatReply(
                content.asText(""), ending(choice.path("finish_reason").asText("stop")), usage);
    }

    private static ChatReply.Ending ending(String finishReason) {
        return switch (finishReason) {
            case "length" -> ChatReply.Ending.LENGTH;
            case "content_filter" -> ChatReply.Ending.DECLINED;
            default -> ChatReply.Ending.STOP;
        };
    }
}
