package dev.plumbline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationFileTest {
    @TempDir
    private Path folder;

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("chat.json"), content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"\"}]",
                "{\"model\": \"m\", \"turns\": 2, \"conversation\": [{\"role\": \"user\", \"content\": \"Hi\"},"
                        + " {\"role\": \"assistant\", \"content\": \"\", \"extra\": 1}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, {\"content\": \"\", \"role\": \"assistant\"}]}"
            })
    void readsListsAndTranscripts(String content) throws IOException {
        assertThat(ConversationFile.read(write(content)))
                .isEqualTo(Conversation.of(Message.user("Hi"), Message.assistant("")));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '@', textBlock = """
            3@expected a list of messages; found a number
            {}@expected one of the keys [conversation, messages]; found []
            []@holds an empty list; expected at least one message
            {"messages": [], "conversation": []}@found [conversation, messages]
            {"messages": null}@expected a list of messages; found null
            [3]@message 0: expected an object; found a number
            [{"role": "user", "content": "a"}, {"content": "b"}]@message 1: expected a string as "role"; found none
            [{"role": "user", "content": ["b"]}]@message 0: expected a string as "content"; found a list
            [{"role": "narrator", "content": "b"}]@message 0: Unknown message role "narrator"; expected system, user
            [{"role": "user"@this is not well-formed JSON
            [] []@this is not well-formed JSON
            """)
    void saysWhatIsWrongAndWhere(String content, String message) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> ConversationFile.read(file))
                .isInstanceOf(TextFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ConversationFile.read(folder.resolve("no.json")))
                .isInstanceOf(TextFileException.class)
                .hasMessageContaining("no.json: this file is missing");
    }
}
