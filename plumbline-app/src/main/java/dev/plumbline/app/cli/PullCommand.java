package dev.plumbline.app.cli;

import dev.plumbline.hub.FilePatterns;
import dev.plumbline.hub.Hub;
import dev.plumbline.hub.HubName;
import dev.plumbline.hub.HubRepo;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings files of the Hub into the cache that Python's tools use too. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Download a model or data set of the Hugging Face Hub, or parts of it.",
            "",
            "Files land in the Hub's own cache (HF_HOME, HF_HUB_CACHE) and are shared with Python. Interrupted downloads are"
                    + " continued. HF_TOKEN or a login opens gated repositories; HF_ENDPOINT names another server."
        },
        footer = {
            "",
            "Examples:",
            "  plumb pull Qwen/Qwen3-0.6B",
            "  plumb pull Qwen/Qwen3-32B@main config.json 'tokenizer*'",
            "  plumb pull lu-christina/assistant-axis-vectors 'qwen-3-32b/*'",
            "  plumb pull dataset:org/name --json"
        })
final class PullCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "REPO",
            description = "organisation/name, with @revision for a branch, tag or commit; dataset:… for a data set.")
    private String repo = "";

    @Parameters(
            index = "1..*",
            paramLabel = "FILE",
            description =
                    "Files or patterns (*, ?, [abc]). Default: of a model what loading it takes, of a data set all.")
    private List<String> files = List.of();

    @Option(names = "--dataset", description = "REPO is a data set.")
    private boolean dataset;

    @Option(names = "--offline", description = "Only look into the cache, as with HF_HUB_OFFLINE=1.")
    private boolean offline;

    @Option(
            names = "--jobs",
            defaultValue = "4",
            paramLabel = "N",
            description = "Files at once. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1, most = 64)
    private int jobs;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    PullCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        HubRepo wanted = repository();
        FilePatterns patterns = patterns(wanted);
        Hub.Builder hub = Hub.builder().parallelDownloads(jobs);
        Hub client = (offline ? hub.offline(true) : hub).build();
        Path snapshot;
        try (HubDownloads downloads = new HubDownloads(console, wanted.id())) {
            snapshot = client.snapshot(wanted, patterns, downloads);
            console.note("plumb: fetched " + downloads.fetched() + " files, " + downloads.done()
                    + " bytes; the rest was" + " in the cache");
        }
        List<String> missing = files.stream()
                .filter(file -> file.matches("[^*?\\[]*[^*?\\[/]") && !Files.exists(snapshot.resolve(file)))
                .toList();
        missing.forEach(file -> console.note("plumb: " + wanted + " has no file '" + file + "'"));
        print(wanted, snapshot, patterns);
        return missing.isEmpty() ? ExitCode.OK : ExitCode.LOSSES;
    }

    private HubRepo repository() {
        return HubName.parse(repo)
                .filter(HubName::isWhole)
                .flatMap(HubName::certain)
                .orElseGet(() -> dataset ? HubRepo.dataset(repo) : HubRepo.model(repo));
    }

    private FilePatterns patterns(HubRepo wanted) {
        if (!files.isEmpty()) {
            return FilePatterns.of(files.toArray(String[]::new));
        }
        return wanted.kind() == HubRepo.Kind.MODEL ? FilePatterns.checkpoint() : FilePatterns.everything();
    }

    private void print(HubRepo wanted, Path snapshot, FilePatterns patterns) {
        if (!json) {
            console.data(snapshot.toString());
            return;
        }
        List<Map<String, Object>> listed = new ArrayList<>();
        for (String file : present(snapshot, patterns)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", file);
            entry.put("bytes", size(snapshot.resolve(file)));
            listed.add(entry);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("repo", wanted.id());
        object.put("kind", wanted.kind() == HubRepo.Kind.MODEL ? "model" : "dataset");
        object.put("revision", wanted.revision());
        object.put("commit", String.valueOf(snapshot.getFileName()));
        object.put("path", snapshot.toString());
        object.put("files", listed);
        console.json(object);
    }

    private static List<String> present(Path snapshot, FilePatterns patterns) {
        try (Stream<Path> all = Files.walk(snapshot)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> snapshot.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(patterns::matches)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + snapshot, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the size of " + file, e);
        }
    }
}
