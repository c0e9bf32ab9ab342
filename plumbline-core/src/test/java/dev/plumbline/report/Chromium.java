package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium that is installed here, run without a screen and without a network. */
record Chromium(Path program) {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final long PATIENCE_S = 120;

    /** Remarks on speed that a software renderer earns; they say nothing about the page. */
    private static final List<String> REMARKS = List.of("GL Driver Message", "willReadFrequently");

    /**
     * What became of a page.
     *
     * @param dom its document after its scripts ran
     * @param complaints what it said on the console: errors, warnings, and whatever its policy refused
     */
    record Visit(String dom, List<String> complaints) {}

    /** Skips the test if there is none. */
    static Chromium onThisMachine() {
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "No Chromium on the PATH (looked for " + NAMES + "); the page was not opened");
        return new Chromium(found.orElseThrow());
    }

    Visit open(Path page, String... options) throws IOException, InterruptedException {
        Path folder = page.getParent();
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                // Containers rarely allow Chromium's sandbox; the page is our own.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1100,900",
                "--virtual-time-budget=60000",
                "--enable-logging=stderr",
                "--v=0",
                "--dump-dom"));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.waitFor())
                .as("Exit of Chromium; it said: %s", Files.readString(log))
                .isZero();
        List<String> complaints = Files.readAllLines(log).stream()
                .filter(line -> line.contains(":CONSOLE"))
                .filter(line -> REMARKS.stream().noneMatch(line::contains))
                .toList();
        return new Visit(Files.readString(dom), complaints);
    }
}
