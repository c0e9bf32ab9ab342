package dev.plumbline.app.cli;

import dev.plumbline.hub.FilePatterns;
import dev.plumbline.hub.Hub;
import dev.plumbline.hub.HubRepo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data sets of the Hub as they are named on the command line: with a prefix, or one that is known by its name. */
final class Datasets {
    private static final List<String> KNOWN = List.of("lu-christina/assistant-axis-vectors");

    /** Prefix, {@code organisation/name}, perhaps {@code @revision}, and perhaps a folder in it. */
    private static final Pattern NAME =
            Pattern.compile("(dataset:|datasets/)?([^/@]+/[^/@]+)(@[^/]+)?(?:/(.*[^/]))?/?");

    private Datasets() {}

    /** The data set that a name stands for, if it stands for one as a whole. */
    static Optional<HubRepo> repository(String name) {
        return named(name).filter(match -> match.group(4) == null).map(Datasets::repository);
    }

    /**
     * The folder that a path stands for: itself, or where there is no such path, a folder of a data set, from the cache or
     * downloaded to it.
     *
     * @throws dev.plumbline.hub.HubException if it can be had neither way
     */
    static Path folder(String path, Console console) {
        Optional<Matcher> match = Files.exists(Path.of(path)) ? Optional.empty() : named(path);
        if (match.isEmpty()) {
            return Path.of(path);
        }
        HubRepo repository = repository(match.get());
        String folder = match.get().group(4);
        if (folder == null) {
            throw new IllegalArgumentException(path
                    + " is a whole data set; expected the folder of one model in it, such as " + path + "/qwen-3-32b");
        }
        try (HubDownloads downloads = new HubDownloads(console, path)) {
            return Hub.fromEnvironment()
                    .snapshot(repository, FilePatterns.of(folder + "/*"), downloads)
                    .resolve(folder);
        }
    }

    private static Optional<Matcher> named(String name) {
        Matcher match = NAME.matcher(name);
        return match.matches() && (match.group(1) != null || KNOWN.contains(match.group(2)))
                ? Optional.of(match)
                : Optional.empty();
    }

    private static HubRepo repository(Matcher match) {
        return HubRepo.dataset(
                match.group(2) + Optional.ofNullable(match.group(3)).orElse(""));
    }
}
