package dev.plumbline.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A tokenizer.json, read as a stream, for those of large vocabularies have 30 MB.
 *
 * @param json the file without post-processor, truncation and padding. A post-processor adds special tokens, which a
 *     rendered template already holds, and takes blanks off the offsets of tokens, which would lose characters of spans
 * @param ids id of every token, added ones included
 * @param addedTokens the added tokens alone
 */
record TokenizerFile(String json, Map<String, Integer> ids, Map<String, Integer> addedTokens) {
    /** Reads one value of many, so unlike {@link JsonFile} it puts up with what follows a value. */
    private static final ObjectMapper STREAMS = new JsonMapper();

    static TokenizerFile read(Path file) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        Map<String, Integer> ids = new HashMap<>();
        Map<String, Integer> added = new HashMap<>();
        try (JsonParser in = STREAMS.createParser(Files.newInputStream(file));
                JsonGenerator out = STREAMS.createGenerator(json)) {
            new Reader(file, in, out, ids, added).copy();
        } catch (IOException e) {
            throw JsonFile.failure(file, e);
        }
        ids.putAll(added);
        return new TokenizerFile(json.toString(StandardCharsets.UTF_8), ids, added);
    }

    private record Reader(
            Path file, JsonParser in, JsonGenerator out, Map<String, Integer> ids, Map<String, Integer> added) {

        void copy() throws IOException {
            in.nextToken();
            object("the whole file");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                out.writeFieldName(field);
                in.nextToken();
                switch (field) {
                    case "post_processor", "truncation", "padding" -> {
                        in.skipChildren();
                        out.writeNull();
                    }
                    case "added_tokens" -> addedTokens();
                    case "model" -> model();
                    default -> out.copyCurrentStructure(in);
                }
            }
            out.writeEndObject();
            if (in.nextToken() != null) {
                throw malformed("there is more after the end of the tokenizer");
            }
        }

        private void object(String what) throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw malformed(what + " must be an object");
            }
            out.writeStartObject();
        }

        private void model() throws IOException {
            object("\"model\"");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean vocab = in.currentName().equals("vocab");
                out.writeFieldName(in.currentName());
                in.nextToken();
                if (vocab && in.currentToken() == JsonToken.START_OBJECT) {
                    vocabByName();
                } else if (vocab && in.currentToken() == JsonToken.START_ARRAY) {
                    vocabByPosition();
                } else {
                    out.copyCurrentStructure(in);
                }
            }
            out.writeEndObject();
        }

        /** Most models: token to id. */
        private void vocabByName() throws IOException {
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String token = in.currentName();
                if (in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                    throw malformed("the id of the token \"" + token + "\" must be an integer");
                }
                ids.put(token, in.getIntValue());
                out.writeNumberField(token, in.getIntValue());
            }
            out.writeEndObject();
        }

        /** Unigram models: pairs of token and score, whose position is the id. */
        private void vocabByPosition() throws IOException {
            out.writeStartArray();
            for (int id = 0; in.nextToken() != JsonToken.END_ARRAY; id++) {
                JsonNode pair = in.readValueAsTree();
                if (pair.size() != 2 || !pair.get(0).isTextual()) {
                    throw malformed("entry " + id + " of the vocabulary must be a token and a score");
                }
                ids.put(pair.get(0).textValue(), id);
                out.writeTree(pair);
            }
            out.writeEndArray();
        }

        private void addedTokens() throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                out.copyCurrentStructure(in);
                return;
            }
            out.writeStartArray();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                JsonNode token = in.readValueAsTree();
                if (!token.path("content").isTextual() || !token.path("id").canConvertToInt()) {
                    throw malformed("every added token must have a content and an id");
                }
                added.put(token.get("content").textValue(), token.get("id").intValue());
                out.writeTree(token);
            }
            out.writeEndArray();
        }

        private TextFileException malformed(String problem) {
            return new TextFileException(
                    file, problem + " (line " + in.currentLocation().getLineNr() + ")");
        }
    }
}
