package dev.plumbline.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the packaged command line as a process of its own, as a user would. */
final class PlumbProcess {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** What a finished process left behind. */
    record Result(int exitCode, String out, String err) {}

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param directory where the process runs; it also receives the captured streams
     */
    PlumbProcess(Path directory) {
        this(directory, Map.of());
    }

    /** @param environment variables beside those of this process */
    PlumbProcess(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return finished(start(arguments), arguments);
    }

    /** Runs a process that is given some lines to read. */
    Result runWithInput(String input, String... arguments) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("stdin.txt"), input);
        return finished(builder(arguments).redirectInput(file.toFile()).start(), arguments);
    }

    /** Runs a process whose stdout goes elsewhere than into the result. */
    Result runPrintingTo(Path out, String... arguments) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("stdout.txt"), "");
        return finished(builder(arguments).redirectOutput(out.toFile()).start(), arguments);
    }

    private Result finished(Process process, String... arguments) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("plumb " + String.join(" ", arguments) + " ran longer than " + LIMIT);
        }
        return result(process);
    }

    /** Starts a process and leaves it running, to be killed by the test. */
    Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    /** The same for one that is given some text and then waits for more. */
    Process startTyping(String input, String... arguments) throws IOException {
        Process process = builder(arguments).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return process;
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                TARGET.resolve("plumbline-app.jar") + java.io.File.pathSeparator + TARGET.resolve("lib") + "/*",
                "dev.plumbline.app.Main"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("stdout.txt").toFile())
                .redirectError(directory.resolve("stderr.txt").toFile());
        process.environment().putAll(environment);
        return process;
    }

    Result result(Process process) throws IOException {
        return new Result(process.exitValue(), read("stdout.txt"), read("stderr.txt"));
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
    }
}
