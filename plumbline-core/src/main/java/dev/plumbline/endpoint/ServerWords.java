package dev.plumbline.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a server says, and what it says of an error in particular. */
final class ServerWords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIP = 300;

    private ServerWords() {}

    /** An answer as JSON; what is none is worth another attempt, for a proxy or a cut connection may have made it. */
    static JsonNode answer(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            throw EndpointException.temporary("answered with malformed JSON: " + clip(body));
        }
        if (root.path("error").isObject()) {
            throw EndpointException.temporary("answered with an error: " + errorMessage(body));
        }
        return root;
    }

    /** The server's own words, clipped to one line. */
    static String errorMessage(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            String message =
                    error.isTextual() ? error.asText() : error.path("message").asText("");
            return message.isEmpty() ? clip(body) : clip(message);
        } catch (IOException notJson) {
            return clip(body);
        }
    }

    /** A code such as {@code insufficient_quota}, or an empty text. */
    static String errorCode(byte[] body) {
        try {
            return JSON.readTree(body).path("error").path("code").asText("");
        } catch (IOException notJson) {
            return "";
        }
    }

    /** The beginning of a body, on one line. */
    static String clip(byte[] body) {
        return clip(new String(body, 0, Math.min(body.length, 4 * CLIP), StandardCharsets.UTF_8));
    }

    private static String clip(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.isEmpty()) {
            return "(nothing)";
        }
        return line.length() <= CLIP ? line : line.substring(0, CLIP) + "…";
    }
}
