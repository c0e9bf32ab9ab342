package dev.plumbline.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the analyses of vectors on disk. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = {
            "Analyse role and trait vectors on disk: published ones, or a run's. No model is needed.",
            "",
            "DIR holds assistant_axis.pt, default_vector.pt, role_vectors/ and trait_vectors/ (the published layout), or axis.pt"
                    + " and vectors/ (a run), or just vectors. Where there is no such folder, a data set of the Hub is meant:"
                    + " lu-christina/assistant-axis-vectors/qwen-3-32b, or any other after \"dataset:\"."
        },
        subcommands = {
            AnalyzePcaCommand.class,
            AnalyzeSimilarityCommand.class,
            AnalyzeLayersCommand.class,
            AnalyzeCompareCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class AnalyzeCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command");
    }
}
