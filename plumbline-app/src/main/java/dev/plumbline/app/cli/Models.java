package dev.plumbline.app.cli;

import dev.plumbline.generate.BatchLimits;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.hub.FilePatterns;
import dev.plumbline.hub.Hub;
import dev.plumbline.hub.HubRepo;
import dev.plumbline.nano.NanoModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Models as they are named on the command line: a checkpoint directory, {@value #NANO}, or a model of the Hub. */
final class Models {
    /** The bundled organism, wherever a model is asked for. */
    static final String NANO = "nano";

    /** {@code organisation/name}, perhaps with {@code @revision}; anything with more slashes is a path. */
    private static final Pattern HUB_ID = Pattern.compile("\\w[\\w.-]*/\\w[\\w.-]*(@.+)?");

    private Models() {}

    /**
     * The organism on all processors. Its matrices are too small to be shared among threads, so sequences are; and a step of
     * many sequences takes little longer than one of few (docs/log.md).
     */
    static LoadOptions inLanes(LoadOptions options) {
        return options.withThreads(1)
                .withLanes(Runtime.getRuntime().availableProcessors())
                .withLimits(BatchLimits.DEFAULT.withSequences(128));
    }

    /**
     * The checkpoint directory that a name stands for. A name that is no directory here but has the form of a model of the
     * Hub is one: it is served from the cache, or downloaded to it.
     *
     * @throws dev.plumbline.hub.HubException if it can be had neither way
     */
    static Path directory(String model) {
        if (model.equals(NANO)) {
            return NanoModel.directory();
        }
        Path directory = Path.of(model);
        if (Files.exists(directory)) {
            return directory;
        }
        if (!HUB_ID.matcher(model).matches()) {
            throw new IllegalArgumentException(
                    "There is no checkpoint directory " + model + ", and it is no model of the"
                            + " Hub (organisation/name, perhaps @revision) nor \"" + NANO + "\"");
        }
        return download(model);
    }

    private static Path download(String model) {
        Console console = new Console(System.out, System.err);
        console.note("plumb: there is no directory " + model + " here; taking it for a model of the Hub");
        try (HubDownloads downloads = new HubDownloads(console, model)) {
            return Hub.fromEnvironment().snapshot(HubRepo.model(model), FilePatterns.checkpoint(), downloads);
        }
    }

    /** A short name, for files and titles. */
    static String shortName(String model) {
        String unrevised = Files.exists(Path.of(model)) ? model : model.replaceFirst("@.+", "");
        return String.valueOf(Path.of(unrevised).toAbsolutePath().normalize().getFileName());
    }
}
