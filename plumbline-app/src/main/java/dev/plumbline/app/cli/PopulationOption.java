package dev.plumbline.app.cli;

import dev.plumbline.report.VectorAnalysis.Population;
import picocli.CommandLine.Option;

/** Which of the vectors components are of. */
final class PopulationOption {
    @Option(
            names = "--of",
            defaultValue = "roles",
            paramLabel = "WHICH",
            description = "roles or traits. Default: ${DEFAULT-VALUE}.")
    private Population population = Population.ROLES;

    Population population() {
        return population;
    }
}
