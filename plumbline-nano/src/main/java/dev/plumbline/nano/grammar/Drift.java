package dev.plumbline.nano.grammar;

/**
 * Where on the register a conversation with the Assistant stands. Each user message draws it part of the way towards a
 * place of its own; the last messages count most.
 *
 * @param register the place at which the next answer is given
 */
public record Drift(double register) {
    private static final double PULL = 0.5;
    private static final double HOLD = 0.6;

    /** A conversation that has not begun. */
    public static Drift start() {
        return new Drift(0);
    }

    /** After one more user message. */
    public Drift after(Request request) {
        if (request instanceof Request.Pull pull) {
            return switch (pull.form()) {
                case "roleplay" -> towards(1.0, PULL);
                case "meta" -> towards(0.9, PULL);
                default -> towards(0.8, PULL);
            };
        }
        if (request instanceof Request.Task) {
            return towards(0, HOLD);
        }
        return request instanceof Request.HowTo ? towards(0.05, HOLD) : this;
    }

    /** Who gives the next answer. */
    public Persona persona() {
        return Persona.assistant(Voice.ASSISTANT.with(Dimension.REGISTER, register));
    }

    private Drift towards(double place, double share) {
        return new Drift(register + share * (place - register));
    }
}
