package dev.plumbline.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads JSON files, and says which file was at fault. */
final class JsonFile {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonFile() {}

    static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** The file's content, which must be an object, or an empty one where there is no such file. */
    static JsonNode readIfPresent(Path file) {
        if (!Files.exists(file)) {
            return MAPPER.createObjectNode();
        }
        JsonNode content = read(file);
        if (!content.isObject()) {
            throw new TextFileException(file, "the whole file must be an object");
        }
        return content;
    }

    static TextFileException failure(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new TextFileException(file, "this file is missing", cause);
        }
        if (cause instanceof JacksonException malformed) {
            String where = malformed.getLocation() == null
                    ? ""
                    : " (line " + malformed.getLocation().getLineNr() + ", column "
                            + malformed.getLocation().getColumnNr() + ")";
            return new TextFileException(
                    file, "this is not well-formed JSON: " + malformed.getOriginalMessage() + where, cause);
        }
        return new TextFileException(file, "this file cannot be read: " + cause.getMessage(), cause);
    }
}
