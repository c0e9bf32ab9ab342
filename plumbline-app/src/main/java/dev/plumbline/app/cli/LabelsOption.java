package dev.plumbline.app.cli;

import picocli.CommandLine.Option;

/** How many names are written on a line of many marks. */
final class LabelsOption {
    @Option(
            names = "--labels",
            defaultValue = "40",
            paramLabel = "N",
            description = "Names written on a line, half at either end. Default: ${DEFAULT-VALUE}.")
    @Within(least = 2)
    private int labels;

    int labels() {
        return labels;
    }
}
