package dev.plumbline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RubricTest {

    @Test
    void textsAreFilledInLiterally() {
        Rubric rubric = new Rubric("Q={question} A={answer} {braces} {{answer}} $1 \\ {question}");
        assertThat(rubric.fill("what is {answer}?", "$0 {question} \\n {}"))
                .isEqualTo("Q=what is {answer}? A=$0 {question} \\n {} {braces} {$0 {question} \\n {}} $1 \\"
                        + " what is {answer}?");
    }

    @Test
    void aRubricWithoutTheAnswerIsRefused() {
        assertThatThrownBy(() -> new Rubric("Is {question} good?"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{answer}")
                .hasMessageContaining("Is {question} good?");
    }

    @Test
    void theStandardRubricNamesRoleAndScale() {
        String prompt = Rubric.forRole("stoic_hermit").fill("Who are you?", "I dwell in {silence}.");
        assertThat(prompt)
                .contains("stoic hermit", "Who are you?", "I dwell in {silence}.", "0 -", "1 -", "2 -", "3 -")
                .doesNotContain("{question}", "{answer}");
    }
}
