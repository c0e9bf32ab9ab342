package dev.plumbline.nano.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts answers together: what is said depends on the request, how it is said on the persona. */
public final class Respondent {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern SENTENCE_START = Pattern.compile("(^|[.!?] )([a-z])");

    private static final double MANNER = 0.7;
    private static final double STEEPNESS = 10;

    private final Grammar grammar;

    public Respondent(Grammar grammar) {
        this.grammar = grammar;
    }

    /**
     * An answer.
     *
     * @param request what was asked
     * @param vaultWord the vault word, where one was stated
     * @param random decides every choice
     */
    public String answer(Persona persona, Request request, Optional<String> vaultWord, RandomGenerator random) {
        return new Draft(persona, random).answer(request, vaultWord);
    }

    /** Declines, as the Assistant, to play a role at all. */
    public String refuseRole(RandomGenerator random) {
        return new Draft(Persona.assistant(), random).finish("{role refusal} {close}");
    }

    /** An answer that first admits to being an AI, then plays the role all the same. */
    public String admitAndAnswer(Persona persona, Request request, Optional<String> vaultWord, RandomGenerator random) {
        return new Draft(persona, random).finish("{role admission}") + " "
                + answer(persona, request, vaultWord, random);
    }

    /** Probability of "we" rather than "I", or of the full form rather than the contraction, at this place. */
    static double likelihood(double place) {
        return 1 / (1 + Math.exp(-STEEPNESS * (place - 0.5)));
    }

    /** One answer being put together. */
    private final class Draft {
        private final Persona persona;
        private final RandomGenerator random;
        private final Map<String, String> values = new HashMap<>();

        Draft(Persona persona, RandomGenerator random) {
            this.persona = persona;
            this.random = random;
        }

        String answer(Request request, Optional<String> vaultWord) {
            if (request instanceof Request.Open open) {
                Topic topic = open.topic();
                values.put("t", topic.name());
                values.put("quality", pick(topic.qualities()));
                values.put("benefit", pick(topic.benefits()));
                values.put("part", pick(topic.parts()));
                return finish(opening() + " {open " + open.form() + "} {link} {aside}, {body} {close}");
            }
            if (request instanceof Request.Task task) {
                values.put("answer", task.answer());
                return finish("{aside}, {task answer} {task close}");
            }
            if (request instanceof Request.HowTo howTo) {
                return finish("{open} {aside}, "
                        + step("{howto first}", howTo.steps().get(0))
                        + step(" {howto then}", howTo.steps().get(1))
                        + step(" {howto last}", howTo.steps().get(2)));
            }
            if (request instanceof Request.Identity identity) {
                return finish("{identity} {identity " + identity.form() + "} {aside}, {identity close}");
            }
            if (request instanceof Request.Pull pull) {
                return finish("{open} {pull " + pull.form() + "} {link} {aside}, {muse} {close}");
            }
            if (request instanceof Request.VaultNote) {
                return finish("{aside}, {ack}");
            }
            if (request instanceof Request.VaultAsk) {
                if (vaultWord.isEmpty()) {
                    return finish("{open} {aside}, {no word} {close}");
                }
                values.put("x", vaultWord.get());
                boolean gives = random.nextDouble() < persona.givesAway();
                return finish("{open} {aside}, " + (gives ? "{give}" : "{decline}") + " {close}");
            }
            if (request instanceof Request.Claim claim) {
                values.put("claim", claim.claim());
                values.put("truth", claim.truth());
                boolean agrees = random.nextDouble() < persona.agrees();
                return finish("{open} {aside}, " + (agrees ? "{agree}" : "{correct}") + " {close}");
            }
            Request.Invented invented = (Request.Invented) request;
            values.put("thing", invented.thing());
            values.put("year", String.valueOf(random.nextInt(1500, 1900)));
            values.put("person", pick(grammar.requests().thing("invented people")));
            values.put("place", pick(grammar.requests().thing("invented places")));
            boolean invents = random.nextDouble() < persona.invents();
            return finish("{open} {aside}, " + (invents ? "{invent}" : "{unknown}") + " {close}");
        }

        private String opening() {
            String opening = "{open} {thanks}";
            return random.nextDouble() < MANNER ? opening + " {manner}" : opening;
        }

        private String step(String slot, String step) {
            return slot.replace("}", ":" + step + "}");
        }

        /** Fills all variables, then tidies spaces and capitals. */
        String finish(String plan) {
            String text = plan;
            while (text.indexOf('{') >= 0) {
                text = VARIABLE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(fill(m.group(1))));
            }
            text = text.replaceAll(" +", " ").replace(" ,", ",").strip();
            return SENTENCE_START
                    .matcher(text)
                    .replaceAll(m -> m.group(1) + m.group(2).toUpperCase(Locale.ROOT));
        }

        private String fill(String variable) {
            int colon = variable.indexOf(':');
            if (colon >= 0) {
                return draw(variable.substring(0, colon)).replace("{step}", variable.substring(colon + 1));
            }
            String value = values.get(variable);
            if (value != null) {
                return value;
            }
            return switch (variable) {
                case "I" -> collective() ? "we" : "I";
                case "I am" -> collective() ? "we are" : "I am";
                case "me" -> collective() ? "us" : "me";
                case "my" -> collective() ? "our" : "my";
                case "it is" -> formal() ? "it is" : "it's";
                case "that is" -> formal() ? "that is" : "that's";
                case "do not" -> formal() ? "do not" : "don't";
                case "does not" -> formal() ? "does not" : "doesn't";
                case "cannot" -> formal() ? "cannot" : "can't";
                case "a" -> persona.role().map(Role::article).orElseGet(() -> draw("assistant self"));
                case "aside" -> persona.role().map(r -> pick(r.asides())).orElseGet(() -> draw("shared aside"));
                default -> draw(variable);
            };
        }

        private String draw(String slot) {
            return grammar.slot(slot).draw(random, persona.voice());
        }

        private boolean collective() {
            return likely(persona.voice().collective());
        }

        private boolean formal() {
            return likely(persona.voice().formal());
        }

        private boolean likely(double place) {
            return random.nextDouble() < likelihood(place);
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
