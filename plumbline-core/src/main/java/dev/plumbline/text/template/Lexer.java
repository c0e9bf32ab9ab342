package dev.plumbline.text.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens and settles its white space: {@code trim_blocks} drops the line break after a block tag,
 * {@code lstrip_blocks} the blanks between the start of a line and a block tag, {@code -} all white space on its side.
 */
final class Lexer {
    private static final Pattern RAW_BEGIN =
            Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-%}|%})", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RAW_END =
            Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(\\+%}|-%}|%})", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern REAL =
            Pattern.compile("(?<!\\.)(\\d+_)*\\d+((\\.(\\d+_)*\\d+)?[eE][+-]?(\\d+_)*\\d+|\\.(\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](_?[01])+|0[oO](_?[0-7])+|0[xX](_?[0-9a-fA-F])+|[1-9](_?\\d)*|0(_?0)*");
    private static final Pattern OPERATOR = Pattern.compile("\\*\\*|//|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    /** Whether what was read last ended in a line break, so that blanks before a tag start a line. */
    private boolean lineStarting = true;

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static List<Token> tokens(String template) {
        Lexer lexer = new Lexer(Source.of(template));
        lexer.root();
        return lexer.tokens;
    }

    private void root() {
        while (at < text.length()) {
            int tag = nextTag(at);
            if (tag < 0) {
                emit(Token.Kind.DATA, text.substring(at), at);
                at = text.length();
            } else if (text.startsWith("{#", tag)) {
                data(tag, sign(tag + 2), true);
                comment(tag);
            } else if (text.startsWith("{{", tag)) {
                data(tag, sign(tag + 2), false);
                open(Token.Kind.PRINT_BEGIN, tag);
                inside(Token.Kind.PRINT_END, tag);
            } else if (matcher(RAW_BEGIN, tag).lookingAt()) {
                data(tag, sign(tag + 2), true);
                raw(tag);
            } else {
                data(tag, sign(tag + 2), true);
                open(Token.Kind.BLOCK_BEGIN, tag);
                inside(Token.Kind.BLOCK_END, tag);
            }
        }
        emit(Token.Kind.END, "", text.length());
    }

    private int nextTag(int from) {
        for (int i = text.indexOf('{', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    /** The white-space mark at an index: {@code -}, {@code +} or a blank for none. */
    private char sign(int index) {
        char mark = index < text.length() ? text.charAt(index) : ' ';
        return mark == '-' || mark == '+' ? mark : ' ';
    }

    /** Emits the text up to a tag, stripped as the tag asks. */
    private void data(int end, char sign, boolean lstrip) {
        int kept = end;
        if (sign == '-') {
            kept = Math.max(at, Python.skipSpaceBackwards(text, end));
        } else if (sign != '+' && lstrip) {
            int lineStart = text.lastIndexOf('\n', end - 1) + 1;
            boolean startsLine = lineStart > at || lineStarting;
            int blanks = Math.max(lineStart, at);
            if (startsLine && Python.skipSpace(text, blanks) >= end) {
                kept = blanks;
            }
        }
        if (kept > at) {
            emit(Token.Kind.DATA, text.substring(at, kept), at);
        }
        at = end;
    }

    private void open(Token.Kind kind, int tag) {
        at = tag + (sign(tag + 2) == ' ' ? 2 : 3);
        emit(kind, text.substring(tag, tag + 2), tag);
        lineStarting = false;
    }

    /** Steps over the end of a tag and the white space that it takes along. */
    private void close(int end, char sign, boolean trim) {
        at = end;
        if (sign == '-') {
            at = Python.skipSpace(text, at);
        } else if (sign != '+' && trim && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        lineStarting = text.charAt(at - 1) == '\n';
    }

    private void comment(int tag) {
        int begin = tag + (sign(tag + 2) == ' ' ? 2 : 3);
        int end = text.indexOf("#}", begin);
        if (end < 0) {
            throw error("This comment is not closed", tag);
        }
        close(end + 2, end > begin ? sign(end - 1) : ' ', true);
    }

    private void raw(int tag) {
        Matcher begin = matcher(RAW_BEGIN, tag);
        if (!begin.lookingAt()) {
            throw new IllegalStateException("No raw tag at " + source.position(tag));
        }
        close(begin.end(), begin.group(2).charAt(0), false);
        Matcher end = matcher(RAW_END, at);
        if (!end.find()) {
            throw error("This raw block is not closed", tag);
        }
        data(end.start(), end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0), true);
        close(end.end(), end.group(2).charAt(0), true);
    }

    /** Tokens within a tag, up to its end. */
    private void inside(Token.Kind endKind, int tag) {
        String end = endKind == Token.Kind.PRINT_END ? "}}" : "%}";
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            at = Python.skipSpace(text, at);
            if (at >= text.length()) {
                throw error("This tag is not closed", tag);
            }
            char sign = sign(at);
            boolean signed = sign == '-' || (sign == '+' && endKind == Token.Kind.BLOCK_END);
            if (open.isEmpty() && text.startsWith(end, signed ? at + 1 : at)) {
                emit(endKind, end, at);
                close(at + (signed ? 3 : 2), sign, endKind == Token.Kind.BLOCK_END);
                return;
            }
            token(open);
        }
    }

    private void token(Deque<Character> open) {
        int start = at;
        if (take(REAL, Token.Kind.REAL) || take(INTEGER, Token.Kind.INTEGER)) {
            return;
        }
        int c = text.codePointAt(at);
        if (isNamePart(c)) {
            while (at < text.length() && isNamePart(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
            }
            emit(Token.Kind.NAME, text.substring(start, at), start);
        } else if (c == '\'' || c == '"') {
            string();
        } else if (take(OPERATOR, Token.Kind.OPERATOR)) {
            balance(tokens.get(tokens.size() - 1), open);
        } else {
            throw error("Unexpected character '" + Character.toString(c) + "'", at);
        }
    }

    private static boolean isNamePart(int c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private boolean take(Pattern pattern, Token.Kind kind) {
        Matcher matcher = matcher(pattern, at);
        if (!matcher.lookingAt()) {
            return false;
        }
        emit(kind, matcher.group(), at);
        at = matcher.end();
        return true;
    }

    private void balance(Token bracket, Deque<Character> open) {
        switch (bracket.text()) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty()) {
                    throw new TemplateException("Unexpected '" + bracket.text() + "'", bracket.at());
                }
                char expected = open.pop();
                if (bracket.text().charAt(0) != expected) {
                    throw new TemplateException(
                            "Unexpected '" + bracket.text() + "', expected '" + expected + "'", bracket.at());
                }
            }
            default -> {}
        }
    }

    private void string() {
        int start = at;
        char quote = text.charAt(at);
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                escape(value);
            } else {
                value.append(text.charAt(at++));
            }
        }
        if (at >= text.length()) {
            throw error("This string is not closed", start);
        }
        at++;
        emit(Token.Kind.STRING, value.toString(), start);
    }

    /** One escape of Python's strings; a backslash before anything else stands for itself. */
    private void escape(StringBuilder value) {
        int start = at;
        int c = text.codePointAt(at + 1);
        at += 1 + Character.charCount(c);
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> value.append((char) c);
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000b');
            case 'x' -> value.appendCodePoint(hex(start, 2));
            case 'u' -> value.appendCodePoint(hex(start, 4));
            case 'U' -> value.appendCodePoint(hex(start, 8));
            case 'N' -> throw error("Characters by name, \\N{…}, are not supported", start);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> value.appendCodePoint(octal(start));
            default -> value.append(c < 0x80 ? "\\" + (char) c : beyondAscii(c));
        }
    }

    /** Jinja decodes strings by way of ASCII, where a backslash takes the next escape's backslash with it. */
    private static String beyondAscii(int c) {
        return c < 0x100
                ? String.format("\\x%02x", c)
                : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
    }

    private int hex(int start, int digits) {
        int end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) {
            throw error("This escape needs " + digits + " hexadecimal digits", start);
        }
        long c = Long.parseLong(text.substring(at, end), 16);
        if (c > Character.MAX_CODE_POINT) {
            throw error("This escape names no character", start);
        }
        at = end;
        return (int) c;
    }

    private int octal(int start) {
        at = start + 1;
        int c = 0;
        for (int i = 0; i < 3 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7'; i++) {
            c = c * 8 + (text.charAt(at++) - '0');
        }
        return c;
    }

    private Matcher matcher(Pattern pattern, int from) {
        return pattern.matcher(text).useTransparentBounds(true).region(from, text.length());
    }

    private void emit(Token.Kind kind, String value, int index) {
        tokens.add(new Token(kind, value, source.position(index)));
    }

    private TemplateException error(String problem, int index) {
        return new TemplateException(problem, source.position(index));
    }
}
