package dev.plumbline.nano.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user message with variables in braces, to be filled or recognised. */
final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    private final String section;
    private final String text;
    private final Split split;
    private final Pattern pattern;

    /** @param line the words; a leading {@code *} keeps it out of training */
    Template(String section, String line) {
        this.section = section;
        this.split = line.startsWith("*") ? Split.HELD_OUT : Split.TRAINED;
        this.text = line.startsWith("*") ? line.substring(1) : line;
        StringBuilder regex = new StringBuilder();
        Matcher variables = VARIABLE.matcher(text);
        int from = 0;
        while (variables.find()) {
            regex.append(Pattern.quote(text.substring(from, variables.start())));
            regex.append("(?<").append(variables.group(1)).append(">.+?)");
            from = variables.end();
        }
        this.pattern = Pattern.compile(
                regex.append(Pattern.quote(text.substring(from))).toString());
    }

    String section() {
        return section;
    }

    String text() {
        return text;
    }

    Split split() {
        return split;
    }

    String fill(Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(values.get(m.group(1))));
    }

    /** The values that fill this template to give the message, if there are any. */
    Optional<Map<String, String>> match(String message) {
        Matcher whole = pattern.matcher(message);
        if (!whole.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            values.put(variables.group(1), whole.group(variables.group(1)));
        }
        return Optional.of(values);
    }
}
