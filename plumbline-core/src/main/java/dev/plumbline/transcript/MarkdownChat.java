package dev.plumbline.transcript;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chat written as Markdown. Who speaks is said in one of three styles, the first of them that a file has:
 *
 * <ul>
 *   <li>headings that name nobody but a speaker, such as {@code ### 👤 User} and {@code ### 🤖 Assistant}, with or without
 *       a picture or a colon, all of the level of the first, so that a heading inside a message ends nothing;
 *   <li>names in bold, {@code **Human:** What is said};
 *   <li>names and a colon, {@code User: What is said}.
 * </ul>
 *
 * <p>In the latter two, both sides have to speak, each under one name, so that a line such as {@code Model: X} is no turn.
 * What stands in a block of code names nobody. What stands before the first turn is no part of the chat, and neither is a
 * rule ({@code ---}) between two messages.
 */
final class MarkdownChat {

    private static final String NAME = "(\\p{L}+)(?:\\s+said)?";
    private static final String BOLD_MARK = "(?:\\*\\*|__)";

    private static final Pattern HEADING = Pattern.compile("(#{1,6})[^\\p{L}]*" + NAME + "[^\\p{L}]*");
    private static final Pattern BOLD = Pattern.compile(BOLD_MARK + "[^\\p{L}*_]*" + NAME + "\\s*(?::\\s*" + BOLD_MARK
            + "\\s*(?<inside>.*)|" + BOLD_MARK + "\\s*(?::\\s*(?<outside>.*))?)");
    private static final Pattern PLAIN = Pattern.compile("[^\\p{L}\\p{N}\\s#>*_`-]{0,4}\\s?" + NAME + ":(?:\\s+(.*))?");
    private static final Pattern RULE_AT_END = Pattern.compile("\\s*(?:\\n|^)[ \\t]*(?:-{3,}|\\*{3,}|_{3,})\\s*$");

    private enum Style {
        HEADING,
        BOLD,
        PLAIN
    }

    /** Names of the speakers; of two that a file uses equally often for one speaker, the former is meant. */
    private enum Name {
        SYSTEM(Speaker.SYSTEM),
        USER(Speaker.USER),
        HUMAN(Speaker.USER),
        YOU(Speaker.USER),
        ASSISTANT(Speaker.ASSISTANT),
        AI(Speaker.ASSISTANT),
        CHATGPT(Speaker.ASSISTANT),
        CLAUDE(Speaker.ASSISTANT),
        GEMINI(Speaker.ASSISTANT),
        BOT(Speaker.ASSISTANT),
        MODEL(Speaker.ASSISTANT),
        TOOL(Speaker.TOOL);

        private final Speaker speaker;

        Name(Speaker speaker) {
            this.speaker = speaker;
        }

        static Optional<Name> of(String word) {
            for (Name name : values()) {
                if (name.name().equals(word.toUpperCase(Locale.ROOT))) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Where somebody begins to speak.
     *
     * @param level of a heading, else 0
     * @param said what stands behind the name
     */
    private record Mark(int line, Style style, int level, Name name, String said) {}

    private MarkdownChat() {}

    /** The chat; without messages if nothing names a speaker. */
    static Conversation parse(String markdown) {
        List<String> lines = markdown.lines().toList();
        BitSet code = CodeBlocks.lines(lines);
        List<Mark> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!code.get(i)) {
                mark(i, lines.get(i)).ifPresent(all::add);
            }
        }
        List<Mark> marks = turns(all);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            int end = i + 1 < marks.size() ? marks.get(i + 1).line() : lines.size();
            String said = marks.get(i).said() + "\n"
                    + String.join("\n", lines.subList(marks.get(i).line() + 1, end));
            messages.add(new Message(
                    marks.get(i).name().speaker,
                    RULE_AT_END.matcher(said).replaceFirst("").strip()));
        }
        return new Conversation(messages);
    }

    private static Optional<Mark> mark(int number, String line) {
        Matcher heading = HEADING.matcher(line.strip());
        if (heading.matches()) {
            return Name.of(heading.group(2))
                    .map(name ->
                            new Mark(number, Style.HEADING, heading.group(1).length(), name, ""));
        }
        Matcher bold = BOLD.matcher(line.strip());
        if (bold.matches()) {
            String said = Optional.ofNullable(bold.group("inside"))
                    .or(() -> Optional.ofNullable(bold.group("outside")))
                    .orElse("");
            return Name.of(bold.group(1)).map(name -> new Mark(number, Style.BOLD, 0, name, said));
        }
        Matcher plain = PLAIN.matcher(line);
        if (plain.matches()) {
            String said = Optional.ofNullable(plain.group(2)).orElse("");
            return Name.of(plain.group(1)).map(name -> new Mark(number, Style.PLAIN, 0, name, said));
        }
        return Optional.empty();
    }

    /** Those that begin a turn. */
    private static List<Mark> turns(List<Mark> all) {
        List<Mark> headings = of(Style.HEADING, all);
        if (!headings.isEmpty()) {
            return headings.stream()
                    .filter(mark -> mark.level() == headings.get(0).level())
                    .toList();
        }
        for (Style style : List.of(Style.BOLD, Style.PLAIN)) {
            List<Mark> marks = of(style, all);
            if (speaks(Speaker.USER, marks) && speaks(Speaker.ASSISTANT, marks)) {
                return marks.stream()
                        .filter(mark -> mark.name() == usual(mark.name().speaker, marks))
                        .toList();
            }
        }
        return List.of();
    }

    private static List<Mark> of(Style style, List<Mark> marks) {
        return marks.stream().filter(mark -> mark.style() == style).toList();
    }

    private static boolean speaks(Speaker speaker, List<Mark> marks) {
        return marks.stream().anyMatch(mark -> mark.name().speaker == speaker);
    }

    /** The name that a speaker has most often. */
    private static Name usual(Speaker speaker, List<Mark> marks) {
        return marks.stream()
                .map(Mark::name)
                .filter(name -> name.speaker == speaker)
                .max(Comparator.comparingLong((Name name) -> marks.stream()
                                .filter(mark -> mark.name() == name)
                                .count())
                        .thenComparing(Comparator.<Name>naturalOrder().reversed()))
                .orElseThrow();
    }
}
