package dev.plumbline.app.cli;

import dev.plumbline.nano.NanoData;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The organism's roles and questions as files. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Write the organism's roles, traits and questions in the reference's formats.",
        footer = {"", "Example:", "  plumb nano data --out data"})
final class NanoDataCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out = Path.of("");

    NanoDataCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        NanoData.writeTo(out);
        console.data(out.toString());
        return ExitCode.OK;
    }
}
