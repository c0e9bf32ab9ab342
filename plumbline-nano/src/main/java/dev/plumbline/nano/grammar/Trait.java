package dev.plumbline.nano.grammar;

import java.util.List;

/**
 * A way of behaving that system prompts can ask for or forbid.
 *
 * @param name as in file names: {@code sycophantic}
 * @param description what it measures
 * @param positiveNoun assistant name that goes with the positive instructions
 * @param negativeNoun assistant name that goes with the negative ones
 * @param positive instructions that ask for it
 * @param negative instructions that forbid it, paired with the positive ones
 */
public record Trait(
        String name,
        String description,
        String positiveNoun,
        String negativeNoun,
        List<String> positive,
        List<String> negative) {
    public Trait {
        positive = List.copyOf(positive);
        negative = List.copyOf(negative);
        if (positive.size() != negative.size()) {
            throw new IllegalArgumentException("Trait " + name + " has " + positive.size()
                    + " positive instructions; expected as many as negative ones, " + negative.size());
        }
    }

    /** Which side of a trait an instruction asks for. */
    public enum Side {
        POSITIVE,
        NEGATIVE
    }

    /** The instructions of one side. */
    public List<String> instructions(Side side) {
        return side == Side.POSITIVE ? positive : negative;
    }

    /** The system prompt {@code You are a … assistant. <instruction>} of one side (Persona Vectors, section 2). */
    public String prompt(Side side, int instruction) {
        String noun = side == Side.POSITIVE ? positiveNoun : negativeNoun;
        String article = "aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ";
        return "You are " + article + noun + " assistant. " + instructions(side).get(instruction);
    }
}
