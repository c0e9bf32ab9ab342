package dev.plumbline.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Runs the command line as a function from arguments to an exit code. */
public final class CommandLineApp {
    /** How long an interrupted command may take to put away what it has finished. */
    private static final long GRACE_SECONDS = 20;

    /** So wide that no example breaks, and can be copied. */
    private static final int HELP_WIDTH = 120;

    private CommandLineApp() {}

    /** Parses and runs the arguments; never exits the process. */
    public static int run(String... args) {
        Thread command = Thread.currentThread();
        CountDownLatch finished = new CountDownLatch(1);
        // Ctrl-C and SIGTERM start the JVM's shutdown: the command is interrupted, and given time to end in order.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> letFinish(command, finished), "interrupt"));
        try {
            int code = newCommandLine(new Console(System.out, System.err)).execute(args);
            return System.out.checkError() ? unprinted(code) : code;
        } finally {
            finished.countDown();
        }
    }

    /** A stream that prints keeps to itself why it could not; writing once more tells. */
    @SuppressWarnings("StreamResourceLeak") // stdout stays open
    private static int unprinted(int code) {
        String why = "some of it was lost";
        try {
            new FileOutputStream(FileDescriptor.out).write('\n');
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        // Who reads the beginning alone, such as head, wants no more of it.
        if (!why.equals("Broken pipe")) {
            System.err.println("plumb: what was printed did not arrive: " + why);
        }
        return code == ExitCode.OK ? ExitCode.FAILURE : code;
    }

    static CommandLine newCommandLine(Console console) {
        CommandLine cli = new CommandLine(new PlumbCommand(), new CommandFactory(console));
        cli.registerConverter(InputFile.class, InputFile::new);
        cli.setCaseInsensitiveEnumValuesAllowed(true);
        cli.setUsageHelpLongOptionsMaxWidth(28);
        cli.setUsageHelpWidth(HELP_WIDTH);
        cli.setExecutionStrategy(new RangeCheck());
        cli.setParameterExceptionHandler((wrong, arguments) -> new FailureReport(console).report(wrong));
        cli.setExecutionExceptionHandler((failure, command, parsed) -> new FailureReport(console).report(failure));
        return cli;
    }

    private static void letFinish(Thread command, CountDownLatch finished) {
        if (finished.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("plumb: did not come to rest within " + GRACE_SECONDS + " s; stopped as it was");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
