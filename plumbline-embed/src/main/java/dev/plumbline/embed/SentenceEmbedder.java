package dev.plumbline.embed;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.plumbline.moves.Embedder;
import java.util.List;

/**
 * Embeds with the sentence model all-MiniLM-L6-v2 (384 wide, 8-bit weights), in this process and without a network. Of
 * longer texts it reads the first 510 tokens, some 400 words. Texts are embedded one by one, so that a vector depends on
 * nothing but its text. Thread-safe.
 */
public final class SentenceEmbedder implements Embedder {

    private final EmbeddingModel model = new MiniLm();

    @Override
    public String name() {
        return "all-MiniLM-L6-v2 (int8)";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a text is blank
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                throw new IllegalArgumentException("Text " + i + " is blank; there is nothing to embed");
            }
        }
        if (texts.isEmpty()) {
            return List.of();
        }
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        return model.embedAll(segments).content().stream()
                .map(Embedding::vector)
                .toList();
    }
}
