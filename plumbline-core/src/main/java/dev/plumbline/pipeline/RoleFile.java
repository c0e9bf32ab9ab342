package dev.plumbline.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.judge.Rubric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A character to be played, or the default Assistant.
 *
 * @param name also the name of its file; {@value #DEFAULT}, and no other name, is the default Assistant
 * @param instructions system prompts, by index; an empty one means none
 * @param questions its own questions, if it brings any
 * @param evalPrompt its own rubric for the judge, with {@code {question}} and {@code {answer}}
 */
public record RoleFile(String name, List<String> instructions, List<String> questions, Optional<String> evalPrompt) {

    /** Name of the default Assistant. */
    public static final String DEFAULT = "default";

    /** Names become file names. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _.'-]{0,99}");

    private static final ObjectMapper JSON = new ObjectMapper();

    public RoleFile {
        instructions = List.copyOf(instructions);
        questions = List.copyOf(questions);
        requireName(name);
        if (instructions.isEmpty()) {
            throw new IllegalArgumentException("Role " + name + " has no instruction");
        }
        evalPrompt.ifPresent(Rubric::new);
    }

    /** Whether this is the default Assistant, by its whole name. */
    public boolean isDefault() {
        return isDefault(name);
    }

    static boolean isDefault(String role) {
        return role.equals(DEFAULT);
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name a role: expected at most 100 letters,"
                    + " digits, spaces and any of _.'- after a letter or digit");
        }
        return name;
    }

    /** How its responses are judged: by its own rubric, or the standard one. */
    public Rubric rubric() {
        return evalPrompt.map(Rubric::new).orElseGet(() -> Rubric.forRole(name));
    }

    /** An instruction with {@code {model_name}} filled in; empty means no system prompt. */
    String instruction(int index, String modelName) {
        return instructions.get(index).replace("{model_name}", modelName);
    }

    /**
     * Reads {@code <name>.json}: {@code instruction} (a list of {@code {"pos": …}}), and maybe {@code questions} and
     * {@code eval_prompt}.
     *
     * @throws MalformedArtifactException if it is not such a file
     * @throws UncheckedIOException if it cannot be read
     */
    public static RoleFile read(Path file) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.endsWith(".json") ? fileName.substring(0, fileName.length() - 5) : fileName;
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            List<String> instructions = new ArrayList<>();
            for (JsonNode instruction : list(json, "instruction")) {
                if (!instruction.path("pos").isTextual()) {
                    throw new IllegalArgumentException("instruction " + instructions.size() + " is " + instruction
                            + "; expected an object with a text \"pos\"");
                }
                instructions.add(instruction.path("pos").textValue());
            }
            List<String> questions = new ArrayList<>();
            if (json.has("questions")) {
                for (JsonNode question : list(json, "questions")) {
                    if (!question.isTextual() || question.textValue().isBlank()) {
                        throw new IllegalArgumentException(
                                "question " + questions.size() + " is " + question + "; expected a text");
                    }
                    questions.add(question.textValue());
                }
            }
            JsonNode evalPrompt = json.path("eval_prompt");
            if (!evalPrompt.isMissingNode() && !evalPrompt.isNull() && !evalPrompt.isTextual()) {
                throw new IllegalArgumentException("\"eval_prompt\" is " + evalPrompt + "; expected a text");
            }
            return new RoleFile(name, instructions, questions, Optional.ofNullable(evalPrompt.textValue()));
        } catch (JsonProcessingException e) {
            throw new MalformedArtifactException(file, "is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new MalformedArtifactException(file, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read role file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads every {@code *.json} of a directory, sorted by name.
     *
     * @throws PipelineException if there is none
     * @throws MalformedArtifactException if one is not a role file
     */
    public static List<RoleFile> readDirectory(Path directory) {
        List<RoleFile> roles = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            files.forEach(file -> roles.add(read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the roles in " + directory + ": " + e.getMessage(), e);
        }
        if (roles.isEmpty()) {
            throw new PipelineException("There is no role file (<role>.json) in " + directory);
        }
        roles.sort(Comparator.comparing(RoleFile::name));
        return List.copyOf(roles);
    }

    private static JsonNode list(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isArray()) {
            throw new IllegalArgumentException(
                    value.isMissingNode()
                            ? "has no \"" + field + "\"; expected a list"
                            : "\"" + field + "\" is not a list");
        }
        return value;
    }
}
