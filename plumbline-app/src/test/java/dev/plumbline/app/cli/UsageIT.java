package dev.plumbline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UsageIT {
    /** Seeds are longs, and any will do. */
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, Integer.class, double.class, Double.class);

    /** What a command asks for besides. */
    private static final Map<String, String> REQUIRED = Map.of(
            "generate", " --model nano --conversation chat.json",
            "pipeline run", " --model nano --judge nano --out run",
            "bench", " --model nano",
            "dump", " --model nano --out dump.safetensors",
            "report", " --run run");

    @TempDir
    private Path directory;

    @Test
    void helpGoesToStdout() throws Exception {
        PlumbProcess.Result result = new PlumbProcess(directory).run("--help");

        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("plumb demo").contains("130");
        assertThat(result.err()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBePrintedIsAFailure() throws Exception {
        PlumbProcess.Result result = new PlumbProcess(directory).runPrintingTo(Path.of("/dev/full"), "--help");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err()).isEqualTo("plumb: what was printed did not arrive: No space left on device\n");
    }

    @Test
    void wrongUsageIsTwo() throws Exception {
        PlumbProcess.Result result = new PlumbProcess(directory).run("no-such-command");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no-such-command");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate --temperature -0.5 | --temperature is -0.5; expected 0 or more",
                "generate --top-p 1.5 | --top-p is 1.5; expected more than 0 and at most 1",
                "generate --top-p NaN | --top-p is NaN",
                "generate --seed x | is no whole number",
                "pipeline run --layers 3,-1 | --layers is -1; expected 0 or more",
                "bench --batch 1,0 | --batch is 0; expected 1 or more",
                "dump --ids 1,-7 | --ids is -7; expected 0 or more",
                "report --dpi 5000000 | --dpi is 5000000; expected 20 to 1200",
            })
    void aNumberOutOfItsRangeIsWrongUsage(String arguments, String sentence) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), new PrintStream(err, true));

        int code = CommandLineApp.newCommandLine(console)
                .execute((arguments + REQUIRED.get(arguments.split(" -")[0])).split(" "));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(sentence);
    }

    @Test
    void everyNumericOptionSaysItsRange() {
        Console console = new Console(System.out, System.err);

        Stream<OptionSpec> options = commands(CommandLineApp.newCommandLine(console))
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> NUMBERS.contains(option.auxiliaryTypes()[option.auxiliaryTypes().length - 1]));

        assertThat(options).hasSizeGreaterThan(40).allSatisfy(option -> assertThat(RangeCheck.range(option))
                .as(option.longestName())
                .isPresent());
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(UsageIT::commands));
    }
}
