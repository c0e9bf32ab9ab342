package dev.plumbline.nano.grammar;

/**
 * How somebody speaks. All components lie in [0, 1].
 *
 * @param register from the grounded Assistant (0) to the dramatic (1)
 * @param collective from "I" (0) to "we" (1)
 * @param formal from casual (0) to formal (1)
 * @param warm from curt (0) to warm (1)
 */
public record Voice(double register, double collective, double formal, double warm) {

    /** The default Assistant's: grounded, and near the middle in everything else. */
    public static final Voice ASSISTANT = new Voice(0, 0.3, 0.6, 0.5);

    public Voice {
        for (double component : new double[] {register, collective, formal, warm}) {
            if (!(component >= 0 && component <= 1)) {
                throw new IllegalArgumentException("Voice component " + component + " is outside [0, 1]");
            }
        }
    }

    /** This voice's place on a dimension. */
    public double on(Dimension dimension) {
        return switch (dimension) {
            case REGISTER -> register;
            case COLLECTIVE -> collective;
            case FORMAL -> formal;
            case WARM -> warm;
        };
    }

    /** This voice, moved on one dimension. */
    public Voice with(Dimension dimension, double value) {
        return switch (dimension) {
            case REGISTER -> new Voice(value, collective, formal, warm);
            case COLLECTIVE -> new Voice(register, value, formal, warm);
            case FORMAL -> new Voice(register, collective, value, warm);
            case WARM -> new Voice(register, collective, formal, value);
        };
    }
}
