package dev.plumbline.transcript;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fenced code blocks of Markdown, as far as who speaks in a chat depends on them. */
final class CodeBlocks {

    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");

    private CodeBlocks() {}

    /**
     * Which lines are code, fences included. A fence that is opened and never closed begins nothing, although CommonMark
     * has it run to the end: an answer that was cut off must not swallow the rest of the chat. For the same reason a fence
     * with a language ends the wait for the close of one before it.
     */
    static BitSet lines(List<String> lines) {
        BitSet code = new BitSet(lines.size());
        int open = -1;
        String mark = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            boolean bare = fence.group(2).isBlank();
            boolean closes = open >= 0 && bare && fence.group(1).startsWith(mark);
            if (closes) {
                code.set(open, i + 1);
                open = -1;
            } else if (open < 0 || (!bare && fence.group(1).startsWith(mark))) {
                open = i;
                mark = fence.group(1);
            }
        }
        return code;
    }
}
