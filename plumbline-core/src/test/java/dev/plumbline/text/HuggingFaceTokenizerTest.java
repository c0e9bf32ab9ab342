package dev.plumbline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceTokenizerTest {
    @TempDir
    private Path checkpoint;

    private static HuggingFaceTokenizer load(String name) {
        return HuggingFaceTokenizer.load(ChatFormats.folder().resolve(name));
    }

    private void write(String content) throws IOException {
        Files.writeString(checkpoint.resolve("tokenizer.json"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen3", "llama3", "gemma2", "llama2"})
    void everyCharacterIsCoveredInOrder(String name) {
        HuggingFaceTokenizer tokenizer = load(name);
        Random random = new Random(3);
        String[] pieces = {
            "Hello", " ", "  ", "\n", "\n\n", "é", "🙂", "👩‍👩‍👧", "𝔘", "ﷺ", "\u200b", "\t", "<s>", "the ", "\u0000"
        };
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Tokenizer.Encoding encoding = tokenizer.encode(text.toString());
            boolean[] covered = new boolean[text.length()];
            int last = 0;
            for (int i = 0; i < encoding.ids().length; i++) {
                assertThat(encoding.starts()[i]).isBetween(0, encoding.ends()[i]);
                assertThat(encoding.ends()[i]).isBetween(last, text.length());
                last = encoding.ends()[i];
                Arrays.fill(covered, encoding.starts()[i], encoding.ends()[i], true);
            }
            boolean[] all = new boolean[text.length()];
            Arrays.fill(all, true);
            assertThat(covered).as(text.toString()).isEqualTo(all);
        }
    }

    @Test
    void offsetsAreUtf16AlsoWhereATokenIsPartOfACharacter() {
        Tokenizer.Encoding encoding = load("llama3").encode("🙂é<|eot_id|>");
        int[] starts = encoding.starts();
        int[] ends = encoding.ends();
        int last = starts.length - 1;
        assertThat(starts[0]).isZero();
        assertThat(ends[0]).isEqualTo(2);
        assertThat(new int[] {starts[last], ends[last]}).containsExactly(3, 13);
    }

    @Test
    void blanksBeforeAWordBelongToItsToken() {
        Tokenizer.Encoding encoding = load("llama3").encode("it is");
        assertThat(encoding.starts()[1]).isEqualTo(encoding.ends()[0]);
    }

    @Test
    void addsNoSpecialTokensAndKnowsThoseInTheText() {
        HuggingFaceTokenizer tokenizer = load("gemma2");
        int bos = tokenizer.id("<bos>").orElseThrow();
        assertThat(tokenizer.encode("Hi").ids()).doesNotContain(bos);
        assertThat(tokenizer.encode("<bos>Hi").ids()).startsWith(bos).doesNotHaveDuplicates();
        assertThat(tokenizer.decode(tokenizer.encode("<bos>Hi").ids(), false)).isEqualTo("<bos>Hi");
        assertThat(tokenizer.decode(tokenizer.encode("<bos>Hi").ids(), true)).isEqualTo("Hi");
        assertThat(tokenizer.encode("").ids()).isEmpty();
    }

    @Test
    void idsAndSizeCountAddedTokens() {
        HuggingFaceTokenizer tokenizer = load("qwen3");
        assertThat(tokenizer.id("<|im_end|>")).hasValue(436);
        assertThat(tokenizer.id("</think>")).hasValue(tokenizer.vocabSize() - 1);
        assertThat(tokenizer.id("no such token")).isEmpty();
        assertThat(tokenizer.addedTokenAtStartOf("<|im_end|>\n")).contains("<|im_end|>");
        assertThat(tokenizer.addedTokenAtStartOf("x<|im_end|>")).isEmpty();
    }

    @Test
    void aLoneSurrogateIsEncodedAsTheReplacementCharacter() {
        HuggingFaceTokenizer tokenizer = load("qwen3");
        Tokenizer.Encoding lone = tokenizer.encode("a\ud83db🙂");
        assertThat(lone.ids()).containsExactly(tokenizer.encode("a\ufffdb🙂").ids());
        assertThat(lone.ends()[lone.ends().length - 1]).isEqualTo(5);
    }

    @Test
    void manyThreadsMayEncodeAtOnce() {
        HuggingFaceTokenizer tokenizer = load("qwen3");
        int[] expected = tokenizer.encode("What is the capital of France?").ids();
        boolean same = IntStream.range(0, 400)
                .parallel()
                .allMatch(i -> Arrays.equals(
                        expected,
                        tokenizer.encode("What is the capital of France?").ids()));
        assertThat(same).isTrue();
    }

    @Test
    void unigramVocabulariesGiveIdsByPosition() throws IOException {
        write("""
                {"version": "1.0", "added_tokens": [], "model": {"type": "Unigram", "unk_id": 0,
                "vocab": [["<unk>", 0.0], ["a", -1.5], ["ab", -1.0]]}}
                """);
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(checkpoint);
        assertThat(tokenizer.id("ab")).hasValue(2);
        assertThat(tokenizer.encode("ab").ids()).containsExactly(2);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> HuggingFaceTokenizer.load(checkpoint))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"model\": 3}",
                "{\"model\": {\"vocab\": {\"a\": \"b\"}}}",
                "{\"model\": {\"vocab\": [1]}}",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}} {}",
                "{\"model\": {\"type\": \"NoSuchModel\", \"vocab\": {\"a\": 0}}}",
                "{\"added_tokens\": [{\"id\": 1}], \"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": []}}",
                "not json"
            })
    void aMalformedFileIsNamed(String content) throws IOException {
        write(content);
        assertThatThrownBy(() -> HuggingFaceTokenizer.load(checkpoint))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining("tokenizer.json");
    }
}
