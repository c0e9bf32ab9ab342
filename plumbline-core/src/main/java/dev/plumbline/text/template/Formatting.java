package dev.plumbline.text.template;

import java.util.Iterator;
import java.util.List;

/** The plain parts of Python's {@code %} and {@code str.format}; widths, precisions and conversions are refused. */
final class Formatting {
    private Formatting() {}

    /** {@code format % arguments}. */
    static TracedText percent(TracedText format, Value arguments, Budget budget) {
        boolean several = arguments instanceof Sequence sequence && !sequence.isList();
        Iterator<Value> rest =
                several ? arguments.iterator() : List.of(arguments).iterator();
        String string = format.string();
        TextBuilder out = budget.builder();
        int from = 0;
        for (int at = string.indexOf('%'); at >= 0; at = string.indexOf('%', from)) {
            out.append(format.substring(from, at));
            char conversion = at + 1 < string.length() ? string.charAt(at + 1) : ' ';
            switch (conversion) {
                case '%' -> out.append("%");
                case 's' -> out.append(Printer.str(next(rest), budget));
                case 'r' -> out.append(Printer.repr(next(rest), budget));
                case 'd', 'i' -> out.append(whole(next(rest)));
                default -> throw new Failure("The format '%" + conversion + "' is not supported; use %s, %r, %d or %%");
            }
            from = at + 2;
        }
        if (rest.hasNext()
                && !(arguments instanceof Dict)
                && (several || from > 0 || !(arguments instanceof Sequence))) {
            throw new Failure("Not all arguments of % were used by its format");
        }
        return out.append(format.substring(from, string.length())).build();
    }

    private static Value next(Iterator<Value> rest) {
        if (!rest.hasNext()) {
            throw new Failure("The format of % needs more arguments");
        }
        return rest.next();
    }

    private static String whole(Value value) {
        if (value instanceof Numeric.Real real) {
            if (Double.isFinite(real.value()) && Math.abs(real.value()) < Long.MAX_VALUE) {
                return Long.toString((long) real.value());
            }
        } else if (value instanceof Numeric number) {
            return Long.toString(Numeric.integer(number));
        }
        throw new Failure("The format %d needs a number; found " + value.typeName());
    }

    /** {@code format.format(arguments)} with <code>{}</code>, <code>{0}</code> and <code>{name}</code>. */
    static TracedText braces(TracedText format, Args args, Budget budget) {
        String string = format.string();
        TextBuilder out = budget.builder();
        int automatic = 0;
        int from = 0;
        for (int at = 0; at < string.length(); at++) {
            char c = string.charAt(at);
            if (c != '{' && c != '}') {
                continue;
            }
            out.append(format.substring(from, at));
            if (at + 1 < string.length() && string.charAt(at + 1) == c) {
                out.append(format.substring(at, at + 1));
                at++;
            } else {
                int end = string.indexOf('}', at);
                if (c == '}' || end < 0) {
                    throw new Failure("format() found a single '" + c + "'");
                }
                String field = string.substring(at + 1, end);
                out.append(Printer.str(field.isEmpty() ? argument(args, automatic++) : argument(args, field), budget));
                at = end;
            }
            from = at + 1;
        }
        return out.append(format.substring(from, string.length())).build();
    }

    private static Value argument(Args args, String field) {
        if (field.chars().allMatch(c -> c >= '0' && c <= '9') && field.length() < 6) {
            return argument(args, Integer.parseInt(field));
        }
        if (!field.matches("\\w+")) {
            throw new Failure("The field '{" + field + "}' of format() is not supported; use {}, {0} or {name}");
        }
        Value value = args.named().get(field);
        if (value == null) {
            throw new Failure("format() has no argument '" + field + "'");
        }
        return value;
    }

    private static Value argument(Args args, int index) {
        if (index >= args.positional().size()) {
            throw new Failure("format() has no argument " + index);
        }
        return args.positional().get(index);
    }
}
