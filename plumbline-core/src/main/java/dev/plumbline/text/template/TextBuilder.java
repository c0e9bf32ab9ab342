package dev.plumbline.text.template;

import dev.plumbline.text.template.TracedText.Run;
import java.util.ArrayList;
import java.util.List;

/** Puts texts one after the other and keeps their origins, within the budget of a rendering. */
final class TextBuilder {
    private final Budget budget;
    private final StringBuilder string = new StringBuilder();
    private final List<Run> runs = new ArrayList<>();

    TextBuilder(Budget budget) {
        this.budget = budget;
    }

    TextBuilder append(String plain) {
        budget.grow((long) string.length() + plain.length(), plain.length());
        string.append(plain);
        return this;
    }

    TextBuilder append(TracedText text) {
        int offset = string.length();
        append(text.string());
        for (Run run : text.runs()) {
            add(new Run(run.start() + offset, run.end() + offset, run.origin()));
        }
        return this;
    }

    private void add(Run run) {
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).end() == run.start() && runs.get(last).origin() == run.origin()) {
            runs.set(last, new Run(runs.get(last).start(), run.end(), run.origin()));
        } else {
            runs.add(run);
        }
    }

    TracedText build() {
        return string.isEmpty() ? TracedText.EMPTY : new TracedText(string.toString(), List.copyOf(runs));
    }
}
