package dev.plumbline.app.cli;

import dev.plumbline.hub.Hub;
import dev.plumbline.hub.HubFiles;
import dev.plumbline.hub.HubName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * A file or folder of vectors, of caps or of a configuration, as it is named on the command line: by its path, or where there
 * is none, by its place in a data set or model of the Hub, {@code organisation/name[@revision]/path}. Those come from the
 * cache, or are downloaded to it.
 */
record InputFile(String name) {
    /** How help says it, behind what the file is. */
    static final String OR_IN_HUB = " By its path, or organisation/name/path of the Hub.";

    /** A name means one file for as long as the process runs, whatever happens at the Hub meanwhile. */
    private static final Map<InputFile, Path> FOUND = new ConcurrentHashMap<>();

    /** The file of a name, for texts that have names in them. */
    static Path named(String name) {
        return new InputFile(name).file();
    }

    /** @throws dev.plumbline.hub.HubException if it is of the Hub and can be had neither from the cache nor from there */
    Path file() {
        return find(HubFiles::file);
    }

    /** The same for a folder, with all that is in it. */
    Path folder() {
        return find(HubFiles::folder);
    }

    /** The same for what may be either. */
    Path any() {
        return find(HubFiles::any);
    }

    private Path find(BiFunction<HubFiles, HubName, Path> finder) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A file is asked for, and its name is empty");
        }
        Path known = FOUND.get(this);
        if (known != null) {
            return known;
        }
        Optional<HubName> named = HubFiles.named(name);
        if (named.isEmpty()) {
            return Path.of(name);
        }
        Console console = new Console(System.out, System.err);
        console.note("plumb: there is no " + name + " here; looking for it in the Hub");
        try (HubDownloads downloads = new HubDownloads(console, name)) {
            Path found = finder.apply(new HubFiles(Hub.fromEnvironment(), downloads), named.get());
            FOUND.put(this, found);
            return found;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
