package dev.plumbline.steer;

/** What numbers of interventions must be. */
final class Requirements {

    private Requirements() {}

    static double finite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; expected a finite number");
        }
        return value;
    }

    static double positive(String what, double value) {
        if (!(finite(what, value) > 0)) {
            throw new IllegalArgumentException(what + " is " + value + "; expected a positive number");
        }
        return value;
    }
}
