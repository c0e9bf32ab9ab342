package dev.plumbline.steer.spec;

/** What is put in the place of a component that was taken out. */
sealed interface MeanSpec {

    /** A number. */
    record Value(double value) implements MeanSpec {}

    /** A file of mean activations, a vector per layer. */
    record Stored(String file) implements MeanSpec {}

    static MeanSpec parse(String text) {
        try {
            return new Value(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return new Stored(text);
        }
    }
}
