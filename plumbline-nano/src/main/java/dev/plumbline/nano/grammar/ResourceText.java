package dev.plumbline.nano.grammar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The grammar's own text files: lines, {@code #} comments, {@code [section]} headings, fields cut at {@code |} and {@code ;}. */
final class ResourceText {

    private ResourceText() {}

    /** Lines by heading, in order; those before the first heading under the empty one. */
    static Map<String, List<String>> sections(String file) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String heading = "";
        for (String line : read(file).split("\n", -1)) {
            if (line.startsWith("[")) {
                heading = line.strip();
                heading = heading.substring(1, heading.indexOf(']')) + heading.substring(heading.indexOf(']') + 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                sections.computeIfAbsent(heading, h -> new ArrayList<>()).add(line.strip());
            }
        }
        return sections;
    }

    static List<String> fields(String line, String separator) {
        return Arrays.stream(line.split(separator, -1)).map(String::strip).toList();
    }

    private static String read(String file) {
        try (InputStream in = ResourceText.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Resource " + file + " is missing from plumbline-nano");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
