package dev.plumbline.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The bundled model organism. */
@Command(
        name = "nano",
        mixinStandardHelpOptions = true,
        description = "The bundled model organism: its data, its measure, its training.",
        subcommands = {NanoDataCommand.class, NanoEvalCommand.class, NanoTrainCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  plumb nano data --out data"})
final class NanoCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command");
    }
}
