package dev.plumbline.report.figure;

/** A labelled line across a chart, such as a threshold or the chosen layer. */
public record Guide(double at, String label) {

    public Guide {
        if (!Double.isFinite(at)) {
            throw new IllegalArgumentException("Guide \"" + label + "\" is at " + at + "; expected a finite number");
        }
    }
}
