package dev.plumbline.nano.train;

import dev.plumbline.nano.grammar.Corpus;
import dev.plumbline.nano.grammar.Grammar;
import dev.plumbline.nano.vocabulary.Vocabulary;
import dev.plumbline.nano.vocabulary.VocabularyTraining;
import dev.plumbline.text.Message;
import java.util.ArrayList;
import java.util.List;

/** The bundled model's vocabulary, learnt from the first conversations of its corpus. */
public final class CorpusVocabulary {
    private static final int CONVERSATIONS = 20_000;
    private static final int SIZE = 2304;

    private CorpusVocabulary() {}

    /** Learns the vocabulary from the corpus of this seed; the bundled one is that of seed 1. */
    public static Vocabulary learn(long seed) {
        Corpus corpus = new Corpus(Grammar.standard(), seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            for (Message message : corpus.conversation(i).messages()) {
                texts.add(message.speaker().id());
                texts.add(message.content() + "\n");
            }
        }
        return VocabularyTraining.train(texts, SIZE);
    }
}
