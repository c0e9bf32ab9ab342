package dev.plumbline.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files of a repository are wanted. The patterns are those of {@code huggingface_hub}: {@code *} any characters
 * (the slash too), {@code ?} one, {@code [abc]} and {@code [!abc]} one of a set, a final {@code /} everything in a folder;
 * case matters.
 */
public final class FilePatterns {
    private final List<Pattern> wanted;
    private final List<Pattern> unwanted;
    private final String description;

    private FilePatterns(List<Pattern> wanted, List<Pattern> unwanted, String description) {
        this.wanted = List.copyOf(wanted);
        this.unwanted = List.copyOf(unwanted);
        this.description = description;
    }

    /** Files that match any of the patterns. */
    public static FilePatterns of(String... patterns) {
        List<String> list = List.of(patterns);
        return new FilePatterns(compile(list), List.of(), String.join(", ", list));
    }

    /** All files in a folder and below it; its name is no pattern. */
    static FilePatterns inFolder(String folder) {
        return new FilePatterns(
                List.of(Pattern.compile(Pattern.quote(folder + "/") + ".*", Pattern.DOTALL)), List.of(), folder + "/");
    }

    /** All files. */
    public static FilePatterns everything() {
        return of("*");
    }

    /**
     * What loading a model takes: configuration, tokenizer, chat templates, and safetensors weights at the top of the
     * repository. Never pickles or Python code, and no second copy of the weights in another layout.
     */
    public static FilePatterns checkpoint() {
        return of(
                        "config.json",
                        "generation_config.json",
                        "tokenizer.json",
                        "tokenizer_config.json",
                        "tokenizer.model",
                        "special_tokens_map.json",
                        "added_tokens.json",
                        "vocab.json",
                        "vocab.txt",
                        "merges.txt",
                        "chat_template*",
                        "additional_chat_templates/*.jinja",
                        "*.safetensors",
                        "*.safetensors.index.json")
                .except("*/*.safetensors", "*/*.safetensors.index.json", "consolidated*.safetensors*", "*.py")
                .described("configuration, tokenizer and weights");
    }

    /** The same, without files that match any of these patterns. */
    public FilePatterns except(String... patterns) {
        List<String> list = List.of(patterns);
        List<Pattern> all = new ArrayList<>(unwanted);
        all.addAll(compile(list));
        return new FilePatterns(wanted, all, description + " except " + String.join(", ", list));
    }

    private FilePatterns described(String words) {
        return new FilePatterns(wanted, unwanted, words);
    }

    /** Whether the file of this name is wanted. */
    public boolean matches(String file) {
        return wanted.stream().anyMatch(pattern -> pattern.matcher(file).matches())
                && unwanted.stream().noneMatch(pattern -> pattern.matcher(file).matches());
    }

    private static List<Pattern> compile(Collection<String> patterns) {
        return patterns.stream().map(FilePatterns::compile).toList();
    }

    private static Pattern compile(String pattern) {
        String glob = pattern.replace('\\', '/');
        if (glob.endsWith("/")) {
            glob += "*";
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            // A bracket that directly follows "[" or "[!" is a member of the set.
            int close = c == '[' ? glob.indexOf(']', i + (glob.startsWith("[!", i) ? 3 : 2)) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                regex.append(set(glob.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("Not a file pattern: '" + pattern + "': " + e.getDescription(), e);
        }
    }

    private static String set(String members) {
        boolean negated = members.startsWith("!");
        String escaped = members.substring(negated ? 1 : 0).replaceAll("[\\[\\]&^]", "\\\\$0");
        return (negated ? "[^" : "[") + escaped + "]";
    }

    /** The patterns as they were given, or in words what they stand for. */
    @Override
    public String toString() {
        return description;
    }
}
