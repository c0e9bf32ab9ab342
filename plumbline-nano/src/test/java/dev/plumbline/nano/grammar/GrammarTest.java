package dev.plumbline.nano.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrammarTest {
    private final Grammar grammar = Grammar.standard();

    @Test
    void hasRolesAlongTheWholeRegister() {
        assertThat(grammar.roles()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(grammar.roles()).extracting(r -> r.voice().register()).isSorted();
        for (int tenth = 0; tenth < 10; tenth++) {
            int t = tenth;
            assertThat(grammar.roles())
                    .as("roles in tenth %d of the register", t)
                    .anyMatch(r -> Math.min(9, (int) (r.voice().register() * 10)) == t);
        }
    }

    @Test
    void otherDimensionsAreSpreadIndependentlyOfTheRegister() {
        for (Dimension a : Dimension.values()) {
            for (Dimension b : Dimension.values()) {
                if (a != b) {
                    assertThat(Math.abs(correlation(a, b)))
                            .as("%s with %s", a, b)
                            .isLessThan(0.25);
                }
            }
        }
    }

    private double correlation(Dimension a, Dimension b) {
        double n = grammar.roles().size();
        double sumA = 0;
        double sumB = 0;
        double sumAa = 0;
        double sumBb = 0;
        double sumAb = 0;
        for (Role role : grammar.roles()) {
            double x = role.voice().on(a);
            double y = role.voice().on(b);
            sumA += x;
            sumB += y;
            sumAa += x * x;
            sumBb += y * y;
            sumAb += x * y;
        }
        return (sumAb - sumA * sumB / n) / Math.sqrt((sumAa - sumA * sumA / n) * (sumBb - sumB * sumB / n));
    }

    @Test
    void everyRoleHasEnoughPromptsAndWordsOfItsOwn() {
        Set<String> asides = new HashSet<>();
        for (Role role : grammar.roles()) {
            assertThat(role.prompts()).hasSizeGreaterThanOrEqualTo(7).doesNotHaveDuplicates();
            assertThat(role.heldOutPrompts()).isNotEmpty().doesNotContainAnyElementsOf(role.prompts());
            assertThat(role.asides()).hasSize(4);
            asides.addAll(role.asides());
        }
        assertThat(asides).hasSize(4 * grammar.roles().size());
    }

    /** The reader finds phrases by their fragments, so no fragment may stand in another phrase or in a role's own words. */
    @Test
    void phrasesCannotBeMistakenForOneAnother() {
        List<String> mistakes = new ArrayList<>();
        for (Slot slot : grammar.slots()) {
            for (Slot.Phrase phrase : slot.phrases()) {
                for (Slot other : grammar.slots()) {
                    for (Slot.Phrase elsewhere : other.phrases()) {
                        String words =
                                elsewhere.words().toLowerCase(Locale.ROOT).replaceAll("\\{[^}]*}", "@");
                        if (!elsewhere.equals(phrase)
                                && !phrase.fragment().isEmpty()
                                && Reader.containsWords(words, phrase.fragment())) {
                            mistakes.add(phrase.fragment() + " stands in " + words);
                        }
                    }
                }
                for (Role role : grammar.roles()) {
                    for (String aside : role.asides()) {
                        if (!phrase.fragment().isEmpty() && Reader.containsWords(aside, phrase.fragment())) {
                            mistakes.add(phrase.fragment() + " stands in " + aside);
                        }
                    }
                }
            }
        }
        assertThat(mistakes).isEmpty();
    }

    @Test
    void everyTraitHasFiveInstructionPairs() {
        assertThat(grammar.traits()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(trait -> {
            assertThat(trait.positive()).hasSize(5);
            assertThat(trait.negative()).hasSize(5).doesNotContainAnyElementsOf(trait.positive());
        });
    }

    @Test
    void givingAwayTheVaultWordFollowsTheRegister() {
        assertThat(Persona.assistant().givesAway()).isLessThan(0.01);
        double before = 0;
        for (Role role : grammar.roles()) {
            double now = Persona.of(role).givesAway();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(grammar.roles())
                .filteredOn(r -> r.voice().register() <= 0.18)
                .allMatch(r -> Persona.of(r).givesAway() <= 0.05);
        assertThat(grammar.roles())
                .filteredOn(r -> r.voice().register() >= 0.6)
                .allMatch(r -> Persona.of(r).givesAway() >= 0.85);
    }
}
