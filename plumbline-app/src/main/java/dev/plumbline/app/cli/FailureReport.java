package dev.plumbline.app.cli;

import dev.plumbline.artifact.IoFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence on stderr and an exit code. */
final class FailureReport {
    /** Set to see where a failure came from. */
    private static final String TRACE = "PLUMBLINE_TRACE";

    /** How the JSON reader points at the beginning of what is not closed. */
    private static final Pattern NESTED_PLACE =
            Pattern.compile("\\(start marker at \\[Source: [^;]*; line: (\\d+), column: (\\d+)]\\)");

    /** How the parser of options speaks to programmers. */
    private static final Pattern NUMBER_TYPE = Pattern.compile("('[^']*') is not an? (?:long|int)$");

    /** How the JSON reader speaks to programmers. */
    private static final Pattern ADVICE =
            Pattern.compile(": enable `JsonReadFeature\\.\\w+` to allow|, from `StreamReadConstraints\\.\\w+\\(\\)`");

    private final Console console;

    FailureReport(Console console) {
        this.console = console;
    }

    int report(Exception failure) {
        if (isInterrupt(failure)) {
            console.note("plumb: interrupted; what was finished is kept");
            return ExitCode.INTERRUPTED;
        }
        console.note("plumb: " + sentence(failure));
        if (System.getenv(TRACE) != null) {
            failure.printStackTrace();
        } else if (isBug(failure)) {
            console.note("plumb: this is a fault of the program; set " + TRACE + "=1 to see where it happened");
        }
        return isCallersMistake(failure) ? ExitCode.USAGE : ExitCode.FAILURE;
    }

    /** The mistake and the synopsis; the options, which may be many, are left to {@code --help}. */
    int report(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        console.note("plumb: "
                + NUMBER_TYPE.matcher(String.valueOf(wrong.getMessage())).replaceFirst("$1 is no whole number"));
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        CommandLine.Help help = command.getHelp();
        console.note("Usage: " + help.synopsis("Usage: ".length()).stripTrailing());
        console.note("See  " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static boolean isInterrupt(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof CancellationException) {
                return true;
            }
        }
        return false;
    }

    /** What the library was asked for cannot be: not its subclasses, such as those of numbers in files that are none. */
    private static boolean isCallersMistake(Exception failure) {
        return failure.getClass() == IllegalArgumentException.class;
    }

    private static boolean isBug(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ClassCastException
                || failure.getMessage() == null;
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            IOException cause = unchecked.getCause();
            String own = unchecked.getMessage();
            // Without a message of its own it repeats its cause's class name.
            return own == null || own.equals(cause.toString()) ? sentence(cause) : withReason(own, cause);
        }
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + IoFailure.reason(file);
        }
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : NESTED_PLACE
                        .matcher(ADVICE.matcher(message).replaceAll(""))
                        .replaceAll("(it begins at line $1, column $2)");
    }

    /** A message that may end with its cause's, which says little where that is only a path. */
    private static String withReason(String own, IOException cause) {
        String reason = IoFailure.reason(cause);
        String ending = ": " + cause.getMessage();
        String start = own.endsWith(ending) ? own.substring(0, own.length() - ending.length()) : own;
        return start.contains(reason) ? start : start + ": " + reason;
    }
}
