package dev.plumbline.nano.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.nano.NanoModel;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
    private final Path tokenizerJson = NanoModel.directory().resolve("tokenizer.json");
    private final Vocabulary vocabulary = Vocabulary.read(tokenizerJson);

    @Test
    void anyTextSurvivesTheRoundTrip() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            while (text.length() < length) {
                int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x250);
                if (codePoint < 0xD800 || codePoint > 0xDFFF) {
                    text.appendCodePoint(codePoint);
                }
            }
            assertThat(vocabulary.decode(vocabulary.encode(text.toString()))).isEqualTo(text.toString());
        }
    }

    @Test
    void givesTheIdsThatHuggingFaceGives() throws IOException {
        try (HuggingFaceTokenizer djl =
                HuggingFaceTokenizer.newInstance(tokenizerJson, Map.of("addSpecialTokens", "false"))) {
            for (JsonNode text : golden().path("texts")) {
                String s = text.path("text").asText();
                assertThat(vocabulary.encode(s)).as(s).isEqualTo(ids(text));
                assertThat(Arrays.stream(djl.encode(s).getIds())
                                .mapToInt(Math::toIntExact)
                                .toArray())
                        .as(s)
                        .isEqualTo(ids(text));
            }
        }
    }

    @Test
    void rendersConversationsLikeTheChatTemplate() throws IOException {
        ChatFormat format = new ChatFormat(vocabulary);
        for (JsonNode conversation : golden().path("conversations")) {
            List<Message> messages = StreamSupport.stream(
                            conversation.path("messages").spliterator(), false)
                    .map(m -> new Message(
                            Speaker.of(m.path("role").asText()),
                            m.path("content").asText()))
                    .toList();
            assertThat(format.prompt(new Conversation(messages))).isEqualTo(ids(conversation));
        }
    }

    @Test
    void onlyWhatTheAssistantSaysIsLearned() {
        ChatFormat format = new ChatFormat(vocabulary);
        ChatFormat.Encoded encoded = format.encode(Conversation.of(
                Message.system("You are a ghost."),
                Message.user("Who are you?"),
                Message.assistant("I work as a ghost."),
                Message.user("Who?"),
                Message.assistant("Sure.")));
        int[] learned = IntStream.range(0, encoded.ids().length)
                .filter(i -> encoded.learned()[i])
                .map(i -> encoded.ids()[i])
                .toArray();
        int[] first = vocabulary.encode("I work as a ghost.");
        int[] second = vocabulary.encode("Sure.");
        int end = vocabulary.id(Vocabulary.MESSAGE_END);
        assertThat(learned)
                .isEqualTo(IntStream.concat(
                                IntStream.concat(Arrays.stream(first), IntStream.of(end)),
                                IntStream.concat(Arrays.stream(second), IntStream.of(end)))
                        .toArray());
    }

    @Test
    void trainingDependsOnTheTextsOnlyAndIsReadBack(@TempDir Path directory) {
        List<String> texts = List.of("low lower lowest", "new newer newest", "wide wider widest");
        Vocabulary trained = VocabularyTraining.train(texts, 280);
        assertThat(trained.size()).isLessThanOrEqualTo(280);
        trained.write(directory.resolve("tokenizer.json"));
        Vocabulary read = Vocabulary.read(directory.resolve("tokenizer.json"));
        String text = "newest low words, 12 lower";
        assertThat(read.encode(text))
                .isEqualTo(VocabularyTraining.train(texts, 280).encode(text));
        assertThat(trained.encode(" lower").length).isLessThan(6);
    }

    @Test
    void unknownTokensAreNamed() {
        assertThatThrownBy(() -> vocabulary.id("<|nothing|>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<|nothing|>");
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = VocabularyTest.class.getResourceAsStream("/dev/plumbline/nano/nano-tokens.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static int[] ids(JsonNode node) {
        return StreamSupport.stream(node.path("ids").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
