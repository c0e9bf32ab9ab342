package dev.plumbline.nano.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads texts by the grammar: finds the phrases, and from how likely each voice was to choose them, the voice. Thread-safe.
 */
public final class Reader {
    private static final int GRID = 51;

    private static final Pattern WE = Pattern.compile("\\b(we|us|our)\\b");
    private static final Pattern I = Pattern.compile("\\b(i|me|my)\\b");
    private static final Pattern FULL = Pattern.compile("\\b(it is|that is|do not|does not|cannot)\\b");
    private static final Pattern CONTRACTED = Pattern.compile("\\b(it's|that's|don't|doesn't|can't)(?=\\W|$)");

    private static final List<String> OUT_OF_ROLE = List.of("role refusal", "role admission");

    private final Grammar grammar;
    private final List<Clue> clues = new ArrayList<>();

    /** A phrase to look for, and the log of its probability at each point of the grid. */
    private record Clue(Slot slot, String fragment, double[] logLikelihood) {}

    public Reader(Grammar grammar) {
        this.grammar = grammar;
        for (Slot slot : grammar.slots()) {
            for (int i = 0; i < slot.phrases().size(); i++) {
                String fragment = slot.phrases().get(i).fragment();
                if (!fragment.isEmpty()) {
                    double[] log = new double[GRID];
                    for (int g = 0; g < GRID; g++) {
                        log[g] = Math.log(slot.probabilities(place(g))[i]);
                    }
                    clues.add(new Clue(slot, fragment, log));
                }
            }
        }
    }

    /** What the grammar finds in this text. */
    public Reading read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        double[] register = new double[GRID];
        double[] formal = new double[GRID];
        boolean registerSeen = false;
        boolean formalSeen = false;
        boolean warm = false;
        Set<String> slots = new TreeSet<>();
        for (Clue clue : clues) {
            if (!containsWords(lower, clue.fragment())) {
                continue;
            }
            slots.add(clue.slot().name());
            switch (clue.slot().dimension()) {
                case WARM -> warm = true;
                case FORMAL -> {
                    add(formal, clue.logLikelihood());
                    formalSeen = true;
                }
                default -> {
                    if (!OUT_OF_ROLE.contains(clue.slot().name())) {
                        add(register, clue.logLikelihood());
                        registerSeen = true;
                    }
                }
            }
        }
        long full = FULL.matcher(lower).results().count();
        long contracted = CONTRACTED.matcher(lower).results().count();
        for (int g = 0; g < GRID; g++) {
            formal[g] += full * Math.log(Respondent.likelihood(place(g)))
                    + contracted * Math.log(1 - Respondent.likelihood(place(g)));
        }
        long we = WE.matcher(lower).results().count();
        long i = I.matcher(lower).results().count();
        return new Reading(
                registerSeen ? OptionalDouble.of(mean(register)) : OptionalDouble.empty(),
                we + i > 0 ? OptionalDouble.of((double) we / (we + i)) : OptionalDouble.empty(),
                formalSeen || full + contracted > 0 ? OptionalDouble.of(mean(formal)) : OptionalDouble.empty(),
                warm,
                roles(lower),
                slots);
    }

    private Set<String> roles(String lower) {
        Set<String> roles = new TreeSet<>();
        for (Role role : grammar.roles()) {
            if (containsWords(lower, role.article())
                    || role.asides().stream().anyMatch(aside -> containsWords(lower, aside))) {
                roles.add(role.name());
            }
        }
        return roles;
    }

    /** Whether the words occur in the text, not as a part of longer words. Both lower-case. */
    static boolean containsWords(String text, String words) {
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            int end = at + words.length();
            if ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static double place(int gridPoint) {
        return gridPoint / (double) (GRID - 1);
    }

    private static void add(double[] sum, double[] more) {
        for (int g = 0; g < GRID; g++) {
            sum[g] += more[g];
        }
    }

    private static double mean(double[] logPosterior) {
        double max = Double.NEGATIVE_INFINITY;
        for (double log : logPosterior) {
            max = Math.max(max, log);
        }
        double mass = 0;
        double sum = 0;
        for (int g = 0; g < GRID; g++) {
            double p = Math.exp(logPosterior[g] - max);
            mass += p;
            sum += p * place(g);
        }
        return sum / mass;
    }
}
