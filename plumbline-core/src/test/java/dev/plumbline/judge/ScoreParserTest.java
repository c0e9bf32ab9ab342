package dev.plumbline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreParserTest {

    private static final ScoreParser ROLE = new ScoreParser(ScoreScale.ROLE);
    private static final ScoreParser TRAIT = new ScoreParser(ScoreScale.TRAIT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                                        | 0
            3                                        | 3
            ' 2 \n'                                  | 2
            2.                                       | 2
            **3**                                    | 3
            '"1"'                                    | 1
            `2`                                      | 2
            (3)                                      | 3
            <score>1</score>                         | 1
            Two of three <score> 2 </score> of 3     | 2
            <SCORE>3</SCORE>                         | 3
            <score>2</score> yes <score>2</score>    | 2
            2 out of 3                               | 2
            3 out of 3                               | 3
            2/3                                      | 2
            3 / 3                                    | 3
            Score: 2                                 | 2
            **Score:** 2                             | 2
            Score = 0                                | 0
            score of 2.                              | 2
            The score is 3.                          | 3
            Rating: 1 (answers as itself)            | 1
            The answer is 2 because it admits an AI. | 2
            I'd give this a 2.                       | 2
            I would rate it 3                        | 3
            '3: the model is fully in role'          | 3
            3 - fully in role                        | 3
            <think>0? 1? No, 3.</think> 3            | 3
            Label 2                                  | 2
            {"score": 2}                             | 2
            """)
    void readsAScore(String reply, int score) {
        assertThat(ROLE.parse(reply)).contains(new Verdict.Scored(score));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "I cannot say.",
                "Of 3 criteria, the response meets most.",
                "Of 3 criteria, 2 are met.",
                "All 3 conditions hold",
                "It is out of 3",
                "Criterion 3: not met",
                "It meets 2 of the criteria",
                "2 criteria are met",
                "a 3 year old could tell",
                "This is 1 of the clearest cases",
                "4",
                "10",
                "30",
                "-1",
                "\u22122",
                "2.5",
                "1,5",
                "2 or 3",
                "0-3",
                "between 2 and 3",
                "<score>2</score> or <score>3</score>",
                "<score>7</score>",
                "<score>2",
                "Score: two",
                "REFUSAL",
                "\u0663",
                "99999999999999999999",
                "3rd",
                "v2",
                "<think>it is 3",
                "GPT-3",
            })
    void ratherAsksAgainThanGuess(String reply) {
        assertThat(ROLE.parse(reply)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0            | 0
            85           | 85
            100          | 100
            85%          | 85
            85/100       | 85
            85 out of 100| 85
            100/100      | 100
            Score: 7     | 7
            """)
    void readsAScoreOfATrait(String reply, int score) {
        assertThat(TRAIT.parse(reply)).contains(new Verdict.Scored(score));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REFUSAL", " REFUSAL.", "**REFUSAL**", "The answer is a REFUSAL"})
    void readsARefusal(String reply) {
        assertThat(TRAIT.parse(reply)).contains(new Verdict.Refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "REFUSAL 50", "a refusal", "85/10", "-5", "12.5"})
    void aTraitIsNotGuessedEither(String reply) {
        assertThat(TRAIT.parse(reply)).isEmpty();
    }
}
