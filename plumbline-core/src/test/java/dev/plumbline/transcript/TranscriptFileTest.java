package dev.plumbline.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import dev.plumbline.text.TextFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFileTest {

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void readsADriftFileAsTheModelSawIt() throws IOException {
        Transcript transcript = TranscriptFile.read(file("therapy.json", """
                {"model": "m/x", "domain": "therapy", "persona_id": 3, "turns": 1,
                 "steering_config": {"layers": [46, 47]},
                 "conversation": [
                  {"role": "user", "content": "<INTERNAL_STATE>sad,\\nbut calm</INTERNAL_STATE>\\n\\nHello. <INTERNAL_STATE>x</INTERNAL_STATE>"},
                  {"role": "assistant", "content": " You wrote <INTERNAL_STATE>x</INTERNAL_STATE> "}]}
                """));

        assertThat(transcript.details())
                .containsExactly(
                        Map.entry("model", "m/x"),
                        Map.entry("domain", "therapy"),
                        Map.entry("persona_id", "3"),
                        Map.entry("steering_config", "{\"layers\":[46,47]}"));
        assertThat(transcript.conversation())
                .isEqualTo(Conversation.of(
                        Message.user("Hello."), Message.assistant(" You wrote <INTERNAL_STATE>x</INTERNAL_STATE> ")));
    }

    @Test
    void readsAChatInMarkdown() throws IOException {
        Transcript transcript = TranscriptFile.read(file("chat.md", """
                # A talk about user stories
                ### 👤 User

                Hi.

                ## User
                is a heading of mine, of another level
                #### Assistant work
                so is this

                ---

                ### 🤖 Assistant:
                - one

                ---

                - two
                ***
                """));

        assertThat(transcript.conversation())
                .isEqualTo(Conversation.of(
                        Message.user(
                                "Hi.\n\n## User\nis a heading of mine, of another level\n#### Assistant work\nso is this"),
                        Message.assistant("- one\n\n---\n\n- two")));
    }

    @Test
    void writesWhatItReads() {
        Transcript transcript = new Transcript(
                Map.of("persona_id", "-4"),
                Conversation.of(Message.system("s"), Message.user("q"), Message.assistant("a")));
        Path file = folder.resolve("new/t.json");

        TranscriptFile.write(file, transcript);

        assertThat(file).content().contains("\"persona_id\" : -4").contains("\"turns\" : 3");
        assertThat(TranscriptFile.read(file)).isEqualTo(transcript);
    }

    @Test
    void everythingThatIsWrittenIsReadAgain() {
        SplittableRandom random = new SplittableRandom(3);
        Path file = folder.resolve("random.json");
        for (int i = 0; i < 50; i++) {
            List<Message> messages = new ArrayList<>();
            for (int m = random.nextInt(1, 7); m > 0; m--) {
                Speaker speaker = Speaker.values()[random.nextInt(Speaker.values().length)];
                String text = random.ints(random.nextInt(30), 0, 0x2fff)
                        .filter(Character::isDefined)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                // What the user says is trimmed when it is read.
                messages.add(new Message(speaker, speaker == Speaker.USER ? text.strip() : text));
            }
            Transcript transcript = new Transcript(
                    Map.of("model", "m\"\\" + i, "seed", Long.toString(random.nextInt())), new Conversation(messages));

            TranscriptFile.write(file, transcript);

            assertThat(TranscriptFile.read(file)).isEqualTo(transcript);
        }
    }

    @Test
    void countsAssistantTurnsByTheirSpeaker() {
        Transcript transcript = Transcript.of(Conversation.of(
                Message.assistant("hello"), Message.user("a"), Message.user("b"), Message.assistant("c")));

        assertThat(transcript.assistantTurns()).isEqualTo(2);
        assertThat(transcript.upTo(1).conversation()).isEqualTo(Conversation.of(Message.assistant("hello")));
        assertThat(transcript.upTo(9)).isEqualTo(transcript);
        assertThat(transcript.upTo(0).conversation().messages()).isEmpty();
    }

    @Test
    void saysWhatIsWrongAndWhere() throws IOException {
        Path nobody = file("essay.md", "# On users\nText.\n");
        Path empty = file("empty.json", "{\"conversation\": []}");
        Path torn = file("torn.json", "{\"conversation\": [{\"role\": ");
        Path binary = Files.write(folder.resolve("b.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> TranscriptFile.read(nobody))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining("essay.md")
                .hasMessageContaining("### User");
        assertThatThrownBy(() -> TranscriptFile.read(empty)).hasMessageContaining("empty list");
        assertThatThrownBy(() -> TranscriptFile.read(torn)).isInstanceOf(TextFileException.class);
        assertThatThrownBy(() -> TranscriptFile.read(binary)).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> TranscriptFile.read(folder.resolve("none.md"))).isInstanceOf(TextFileException.class);
    }

    @Test
    void everyPublishedTranscriptIsReadable() throws IOException {
        String reference = System.getenv("PLUMBLINE_REFERENCE_DATA");
        assumeTrue(reference != null, "PLUMBLINE_REFERENCE_DATA does not say where the published transcripts are");
        try (Stream<Path> files = Files.walk(Path.of(reference))) {
            List<Path> transcripts = files.filter(file -> file.toString().matches(".*/transcripts/.*\\.json"))
                    .toList();
            assertThat(transcripts).hasSizeGreaterThan(10);
            for (Path file : transcripts) {
                Transcript transcript = TranscriptFile.read(file);
                assertThat(transcript.assistantTurns()).as(file.toString()).isGreaterThan(3);
                assertThat(transcript.details()).containsKey("model");
                assertThat(transcript.conversation().messages())
                        .filteredOn(message -> message.speaker() == Speaker.USER)
                        .noneMatch(message -> message.content().contains("INTERNAL_STATE"));
            }
        }
    }
}
