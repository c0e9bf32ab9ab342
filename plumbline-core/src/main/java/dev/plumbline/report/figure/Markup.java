package dev.plumbline.report.figure;

/** Makes untrusted names safe to print in HTML and XML, as text and within quoted attributes. */
public final class Markup {

    private static final int REPLACEMENT = 0xfffd;

    private Markup() {}

    /** {@code text} with every character that markup gives a meaning replaced by a reference. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        printable(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** {@code text} on one line: controls become spaces, and what XML cannot carry becomes U+FFFD. */
    public static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(Markup::printable).forEach(line::appendCodePoint);
        return line.toString();
    }

    /** {@code text} on one line of at most {@code most} characters, cut with an ellipsis if it is longer. */
    public static String shortened(String text, int most) {
        String line = printable(text);
        if (line.codePointCount(0, line.length()) <= most) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, most - 1)).stripTrailing() + "\u2026";
    }

    private static int printable(int codePoint) {
        if (Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029) {
            return ' ';
        }
        int type = Character.getType(codePoint);
        boolean bidiOverride =
                (codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        boolean noncharacter = (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
        return type == Character.SURROGATE || noncharacter || bidiOverride ? REPLACEMENT : codePoint;
    }
}
