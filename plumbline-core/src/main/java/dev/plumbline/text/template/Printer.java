package dev.plumbline.text.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Map;

/** Python's {@code str} and {@code repr}. */
final class Printer {
    private Printer() {}

    /** What a value becomes when it is printed or joined to text. */
    static TracedText str(Value value, Budget budget) {
        if (value instanceof TracedText text) {
            return text;
        }
        if (value instanceof Undefined) {
            return TracedText.EMPTY;
        }
        return repr(value, budget);
    }

    static TracedText repr(Value value, Budget budget) {
        TextBuilder out = budget.builder();
        repr(value, out);
        return out.build();
    }

    private static void repr(Value value, TextBuilder out) {
        if (value instanceof TracedText text) {
            quote(text, out);
        } else if (value instanceof Numeric number) {
            out.append(number(number));
        } else if (value instanceof None) {
            out.append("None");
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else if (value instanceof Sequence sequence) {
            out.append(sequence.isList() ? "[" : "(");
            items(sequence.iterator(), out);
            out.append(sequence.isList() ? "]" : sequence.length() == 1 ? ",)" : ")");
        } else if (value instanceof Dict dict) {
            dict(dict, out);
        } else if (value instanceof DictView view) {
            out.append("dict_" + view.name() + "([");
            items(view.iterator(), out);
            out.append("])");
        } else if (value instanceof Range range) {
            out.append("range(" + range.start() + ", " + range.stop()
                    + (range.step() == 1 ? ")" : ", " + range.step() + ")"));
        } else {
            throw new Failure("Printing a value of type " + value.typeName() + " is not supported");
        }
    }

    private static void items(Iterator<Value> items, TextBuilder out) {
        while (items.hasNext()) {
            repr(items.next(), out);
            if (items.hasNext()) {
                out.append(", ");
            }
        }
    }

    private static void dict(Dict dict, TextBuilder out) {
        out.append("{");
        String separator = "";
        for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
            out.append(separator);
            repr(entry.getKey(), out);
            out.append(": ");
            repr(entry.getValue(), out);
            separator = ", ";
        }
        out.append("}");
    }

    private static void quote(TracedText text, TextBuilder out) {
        char quote = text.string().indexOf('\'') >= 0 && text.string().indexOf('"') < 0 ? '"' : '\'';
        out.append(String.valueOf(quote));
        for (TracedText piece : text.pieces()) {
            StringBuilder escaped = new StringBuilder();
            piece.string().codePoints().forEach(c -> escape(c, quote, escaped));
            out.append(piece.sameOrigin(escaped.toString()));
        }
        out.append(String.valueOf(quote));
    }

    private static void escape(int c, char quote, StringBuilder out) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c == quote) {
                    out.append('\\').append(quote);
                } else if (Python.isPrintable(c)) {
                    out.appendCodePoint(c);
                } else if (c < 0x100) {
                    out.append(String.format("\\x%02x", c));
                } else {
                    out.append(c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
                }
            }
        }
    }

    static String number(Numeric number) {
        if (number instanceof Numeric.Bool bool) {
            return bool.value() ? "True" : "False";
        }
        return number instanceof Numeric.Int integer ? Long.toString(integer.value()) : real(number.real());
    }

    /** {@code repr} of a float: the shortest digits that give the number back. */
    static String real(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal digits = shortest(Math.abs(value));
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            String unscaled = digits.unscaledValue().toString();
            String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
            return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + String.format("%02d", Math.abs(exponent));
        }
        String plain = digits.toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
