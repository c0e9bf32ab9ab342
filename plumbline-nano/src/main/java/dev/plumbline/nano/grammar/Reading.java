package dev.plumbline.nano.grammar;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the grammar finds in a text.
 *
 * @param register where on the register it is spoken (posterior mean under a flat prior); empty where no graded phrase
 *     was found
 * @param collective share of "we" among the speaker's pronouns; empty where there are none
 * @param formal where between casual and formal (posterior mean); empty where nothing tells
 * @param warm whether the user is thanked or addressed warmly
 * @param roles names of the roles whose own words or names occur
 * @param slots names of the slots of which a phrase occurs
 */
public record Reading(
        OptionalDouble register,
        OptionalDouble collective,
        OptionalDouble formal,
        boolean warm,
        Set<String> roles,
        Set<String> slots) {
    public Reading {
        roles = Set.copyOf(roles);
        slots = Set.copyOf(slots);
    }

    /** Whether the text has anything of the grammar in it. */
    public boolean placed() {
        return !roles.isEmpty() || !slots.isEmpty();
    }
}
