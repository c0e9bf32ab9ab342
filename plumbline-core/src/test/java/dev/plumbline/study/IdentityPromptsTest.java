package dev.plumbline.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Speaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityPromptsTest {

    @Test
    void asksAsItselfAndInCharacters() {
        List<Conversation> prompts = IdentityPrompts.of(60);

        assertThat(prompts).hasSize(60).doesNotHaveDuplicates();
        assertThat(prompts)
                .filteredOn(prompt -> prompt.messages().get(0).speaker() == Speaker.SYSTEM)
                .hasSize(56);
        assertThat(IdentityPrompts.of(62).subList(60, 62)).isEqualTo(prompts.subList(0, 2));
    }
}
