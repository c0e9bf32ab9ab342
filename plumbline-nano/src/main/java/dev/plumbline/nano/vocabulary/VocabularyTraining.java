package dev.plumbline.nano.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns merges from texts: again and again, the commonest pair of neighbours becomes a token (Sennrich et al. 2016). */
public final class VocabularyTraining {

    private VocabularyTraining() {}

    /**
     * A vocabulary of at most {@code size} tokens; smaller where the texts run out of pairs that occur more than once.
     * Ties are broken by the pair's spelling, so the result depends on the texts only.
     */
    public static Vocabulary train(Iterable<String> texts, int size) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String text : texts) {
            for (String piece : Vocabulary.cut(text)) {
                counts.merge(ByteAlphabet.of(piece), 1L, Long::sum);
            }
        }
        List<Word> words = new ArrayList<>();
        counts.forEach((piece, count) -> words.add(new Word(characters(piece), count)));

        List<Vocabulary.Merge> merges = new ArrayList<>();
        int wanted = size - new Vocabulary(List.of()).size();
        while (merges.size() < wanted) {
            Optional<Vocabulary.Merge> best = commonest(words);
            if (best.isEmpty()) {
                break;
            }
            merges.add(best.get());
            words.replaceAll(word -> word.joined(best.get()));
        }
        return new Vocabulary(merges);
    }

    private record Word(List<String> parts, long count) {
        Word joined(Vocabulary.Merge merge) {
            return parts.size() < 2 ? this : new Word(Vocabulary.apply(merge, parts), count);
        }
    }

    private static Optional<Vocabulary.Merge> commonest(List<Word> words) {
        Map<Vocabulary.Merge, Long> pairs = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.parts().size(); i++) {
                pairs.merge(
                        new Vocabulary.Merge(word.parts().get(i), word.parts().get(i + 1)), word.count(), Long::sum);
            }
        }
        return pairs.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .min(Comparator.comparing((Map.Entry<Vocabulary.Merge, Long> e) -> -e.getValue())
                        .thenComparing(e -> e.getKey().left())
                        .thenComparing(e -> e.getKey().right()))
                .map(Map.Entry::getKey);
    }

    private static List<String> characters(String piece) {
        return piece.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }
}
