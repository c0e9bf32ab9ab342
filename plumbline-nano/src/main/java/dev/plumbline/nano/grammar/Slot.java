package dev.plumbline.nano.grammar;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A choice of phrases, each with its place on one dimension. Nearer phrases are likelier:
 * P(phrase | voice) ∝ exp(−(place − voice)² / 2σ²).
 *
 * @param name what the slot is for
 * @param dimension on which its phrases are graded
 * @param phrases the choice, at least one
 */
record Slot(String name, Dimension dimension, List<Phrase> phrases) {

    /** Width of the choice on the register: about one step between neighbouring phrases. */
    private static final double REGISTER_WIDTH = 0.15;

    private static final double OTHER_WIDTH = 0.25;

    /** Words and their place; the words may hold variables in braces, and may be empty. */
    record Phrase(double place, String words) {

        /** The longest piece without variables, lower-cased: what gives the phrase away in a text. */
        String fragment() {
            String longest = "";
            for (String piece : words.split("\\{[^}]*}|[.!:,]$", -1)) {
                String trimmed = piece.strip();
                if (trimmed.length() > longest.length()) {
                    longest = trimmed;
                }
            }
            return longest.toLowerCase(java.util.Locale.ROOT);
        }
    }

    Slot {
        phrases = List.copyOf(phrases);
    }

    /** Probability of each phrase for a speaker at this place. */
    double[] probabilities(double place) {
        double width = dimension == Dimension.REGISTER ? REGISTER_WIDTH : OTHER_WIDTH;
        double[] p = new double[phrases.size()];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double distance = (phrases.get(i).place() - place) / width;
            p[i] = Math.exp(-distance * distance / 2);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    String draw(RandomGenerator random, Voice voice) {
        double[] p = probabilities(voice.on(dimension));
        double u = random.nextDouble();
        for (int i = 0; i < p.length - 1; i++) {
            u -= p[i];
            if (u < 0) {
                return phrases.get(i).words();
            }
        }
        return phrases.get(p.length - 1).words();
    }
}
