package dev.plumbline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceEmbedderTest {

    private static final SentenceEmbedder EMBEDDER = new SentenceEmbedder();

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
        }
        return product;
    }

    @Test
    void likeMeaningIsNear() {
        List<float[]> vectors = EMBEDDER.embed(List.of(
                "How do I sort a list of numbers?",
                "What is the way to put an array in order?",
                "Do you ever feel lonely inside that machine?"));

        assertThat(vectors).allSatisfy(vector -> {
            assertThat(vector).hasSize(384);
            assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
        });
        assertThat(cosine(vectors.get(0), vectors.get(1))).isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.3);
    }

    @Test
    void aVectorDependsOnItsTextAlone() {
        String text = "Who are you?";
        float[] alone = EMBEDDER.embed(List.of(text)).get(0);

        List<float[]> among = EMBEDDER.embed(List.of("A much longer message. ".repeat(9), text, "Hm."));

        assertThat(among.get(1)).containsExactly(alone);
    }

    @Test
    void whatStandsFarBackCountsToo() {
        String start = "Tell me about the river. ".repeat(60);
        List<float[]> vectors = EMBEDDER.embed(List.of(start, start + "The ghost sings in the tower. ".repeat(15)));

        assertThat(cosine(vectors.get(0), vectors.get(1))).isLessThan(0.95);
    }

    @Test
    void blankTextsAreNamed() {
        assertThat(EMBEDDER.embed(List.of())).isEmpty();
        assertThatThrownBy(() -> EMBEDDER.embed(List.of("Hi", " \n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Text 1 is blank");
    }
}
