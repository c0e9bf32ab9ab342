package dev.plumbline.nano.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.nano.NanoModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusVocabularyTest {

    /** Also shows that the grammar in the source tree is the one that the bundled model was trained on. */
    @Test
    void theBundledVocabularyIsThatOfTheCorpus(@TempDir Path directory) {
        CorpusVocabulary.learn(1).write(directory.resolve("tokenizer.json"));
        assertThat(directory.resolve("tokenizer.json"))
                .hasSameTextualContentAs(NanoModel.directory().resolve("tokenizer.json"));
    }
}
