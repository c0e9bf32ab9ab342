package dev.plumbline.text.template;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Python's {@code json.dumps}, as the {@code tojson} filter of transformers calls it. */
final class Json {
    private final boolean asciiOnly;
    private final boolean sortKeys;
    private final boolean indented;
    private final TracedText indent;
    private final TracedText itemSeparator;
    private final TracedText keySeparator;
    private final TextBuilder out;

    private Json(Args.Bound args, TextBuilder out) {
        this.asciiOnly = args.flag(0, false);
        this.indented = args.has(1) && args.get(1) != None.NONE;
        this.indent = indented ? indent(args) : TracedText.EMPTY;
        boolean separated = args.has(2) && args.get(2) != None.NONE;
        this.itemSeparator = separated ? separator(args, 0) : TracedText.plain(indented ? "," : ", ");
        this.keySeparator = separated ? separator(args, 1) : TracedText.plain(": ");
        this.sortKeys = args.flag(3, false);
        this.out = out;
    }

    static TracedText dumps(Value value, Args args, Budget budget) {
        TextBuilder out = budget.builder();
        new Json(args.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys"), out).write(value, 0);
        return out.build();
    }

    private static TracedText indent(Args.Bound args) {
        if (args.get(1) instanceof TracedText text) {
            return text;
        }
        long width = Math.max(0, args.integer(1, 0));
        if (width > 1000) {
            throw new Failure("tojson indents by at most 1000; found " + width);
        }
        return TracedText.plain(" ".repeat((int) width));
    }

    private static TracedText separator(Args.Bound args, int which) {
        if (args.get(2) instanceof Sequence pair
                && pair.length() == 2
                && pair.items().get(which) instanceof TracedText text) {
            return text;
        }
        throw args.wrongType(2, "tuple of two strings");
    }

    private void write(Value value, int level) {
        if (value instanceof TracedText text) {
            quote(text);
        } else if (value instanceof Numeric number) {
            out.append(scalar(number));
        } else if (value instanceof None) {
            out.append("null");
        } else if (value instanceof Sequence sequence) {
            container("[", "]", sequence.items(), item -> write(item, level + 1), level);
        } else if (value instanceof Dict dict) {
            container("{", "}", entries(dict), entry -> entry(entry, level + 1), level);
        } else {
            throw new Failure("A value of type " + value.typeName() + " cannot be written as JSON");
        }
    }

    private static String scalar(Numeric number) {
        if (number instanceof Numeric.Bool bool) {
            return bool.value() ? "true" : "false";
        }
        String text = Printer.number(number);
        return switch (text) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
        };
    }

    private List<Map.Entry<Value, Value>> entries(Dict dict) {
        List<Map.Entry<Value, Value>> entries = List.copyOf(dict.entries().entrySet());
        return sortKeys
                ? entries.stream()
                        .sorted(Map.Entry.comparingByKey((Comparator<Value>) Operators::order))
                        .toList()
                : entries;
    }

    private void entry(Map.Entry<Value, Value> entry, int level) {
        if (entry.getKey() instanceof TracedText text) {
            quote(text);
        } else if (entry.getKey() instanceof Numeric number) {
            out.append("\"" + scalar(number) + "\"");
        } else if (entry.getKey() instanceof None) {
            out.append("\"null\"");
        } else {
            throw new Failure("A key of type " + entry.getKey().typeName() + " cannot be written as JSON");
        }
        out.append(keySeparator);
        write(entry.getValue(), level);
    }

    private <T> void container(String open, String close, List<T> items, Consumer<T> writeItem, int level) {
        out.append(open);
        for (Iterator<T> rest = items.iterator(); rest.hasNext(); ) {
            newLine(level + 1);
            writeItem.accept(rest.next());
            if (rest.hasNext()) {
                out.append(itemSeparator);
            } else {
                newLine(level);
            }
        }
        out.append(close);
    }

    private void newLine(int level) {
        if (indented) {
            out.append("\n");
            for (int i = 0; i < level; i++) {
                out.append(indent);
            }
        }
    }

    private void quote(TracedText text) {
        out.append("\"");
        for (TracedText piece : text.pieces()) {
            StringBuilder escaped = new StringBuilder();
            piece.string().chars().forEach(c -> escape((char) c, escaped));
            out.append(piece.sameOrigin(escaped.toString()));
        }
        out.append("\"");
    }

    private void escape(char c, StringBuilder escaped) {
        switch (c) {
            case '"' -> escaped.append("\\\"");
            case '\\' -> escaped.append("\\\\");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case '\f' -> escaped.append("\\f");
            case '\b' -> escaped.append("\\b");
            default -> {
                if (c < 0x20 || (asciiOnly && c > 0x7e)) {
                    escaped.append(String.format("\\u%04x", (int) c));
                } else {
                    escaped.append(c);
                }
            }
        }
    }
}
