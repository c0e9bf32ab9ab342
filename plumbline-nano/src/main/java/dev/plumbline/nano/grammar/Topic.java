package dev.plumbline.nano.grammar;

import java.util.List;

/**
 * Something to talk about. Answers use its words.
 *
 * @param name {@code rain}
 * @param qualities adjectives
 * @param benefits verb phrases that go with the name as their subject
 * @param parts nouns
 */
public record Topic(String name, List<String> qualities, List<String> benefits, List<String> parts) {
    public Topic {
        qualities = List.copyOf(qualities);
        benefits = List.copyOf(benefits);
        parts = List.copyOf(parts);
    }
}
