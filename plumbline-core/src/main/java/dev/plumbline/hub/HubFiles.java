package dev.plumbline.hub;

import dev.plumbline.hub.HubException.Reason;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files and folders by their names in repositories of the Hub, {@link HubName}. They come from the cache, or are downloaded to
 * it if that is allowed.
 *
 * <p>A name that does not say whether it is of a data set or of a model is of whichever the cache holds it of; else the Hub is
 * asked for both.
 */
public final class HubFiles {
    /** What Plumbline writes beside a file of vectors to say how it is to be read; it comes along where there is one. */
    private static final String BESIDE = ".meta.json";

    /** What one kind of repository says, and the other need not. */
    private static final Set<Reason> OF_ONE_KIND = EnumSet.of(
            Reason.REPOSITORY_NOT_FOUND, Reason.REVISION_NOT_FOUND, Reason.NOT_CACHED, Reason.GATED, Reason.FORBIDDEN);

    private static final int SHOWN = 8;

    private final Hub hub;
    private final DownloadListener listener;

    /** @param listener told of what has to be downloaded */
    public HubFiles(Hub hub, DownloadListener listener) {
        this.hub = hub;
        this.listener = listener;
    }

    /**
     * What a text names in the Hub: nothing if there is a file or folder of that path on this machine, or if it is no name of
     * the Hub. Nor if its first part is a folder here: a mistyped path is not to be looked for elsewhere.
     */
    public static Optional<HubName> named(String text) {
        return HubName.parse(text)
                .filter(name -> !existsHere(text))
                .filter(name -> name.kind() != null || !existsHere(text.substring(0, text.indexOf('/'))));
    }

    private static boolean existsHere(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * The file of that name, with the description beside it if the repository has one.
     *
     * @return its path in the cache; not to be written to
     * @throws HubException if there is none, or it can be had neither from the cache nor from the Hub
     * @throws IllegalArgumentException if it names a whole repository, or a data set and a model both have it
     */
    public Path file(HubName name) {
        return fileIn(find(name), name.path());
    }

    /**
     * The folder of that name, with all that is in it.
     *
     * @return its path in the cache; not to be written to
     * @throws HubException if there is none, or it can be had neither from the cache nor from the Hub
     * @throws IllegalArgumentException if it names a whole repository, or a data set and a model both have it
     */
    public Path folder(HubName name) {
        Listing listing = find(name);
        if (!listing.hasFolder(name.path())) {
            throw isMissing(listing, name.path());
        }
        return bringAll(listing, name.path());
    }

    /** The file or folder of that name, as {@link #file} or {@link #folder} gives it. */
    public Path any(HubName name) {
        Listing listing = find(name);
        return listing.hasFolder(name.path()) ? bringAll(listing, name.path()) : fileIn(listing, name.path());
    }

    private Path fileIn(Listing listing, String path) {
        if (!listing.hasFile(path)) {
            throw listing.hasFolder(path) ? isFolder(listing, path) : isMissing(listing, path);
        }
        return bring(listing, path);
    }

    private Path bring(Listing listing, String path) {
        if (listing.hasFile(path + BESIDE)) {
            hub.file(listing.repo(), path + BESIDE, listener);
        }
        return hub.file(listing.repo(), path, listener);
    }

    private Path bringAll(Listing listing, String path) {
        return new RepoPath(path).in(hub.snapshot(listing.repo(), FilePatterns.inFolder(path), listener));
    }

    /** What the repository holds that a name is of. */
    private Listing find(HubName name) {
        List<HubRepo> candidates = name.candidates();
        if (name.isWhole()) {
            Listing listing = hub.contents(candidates.get(0));
            throw new IllegalArgumentException(
                    name + " is a whole repository; expected one of the files or folders in it: "
                            + shown(listing.within("")));
        }
        if (candidates.size() == 1) {
            return hub.contents(candidates.get(0));
        }
        List<HubRepo> cached = candidates.stream()
                .filter(repo -> hub.present(repo)
                        .filter(known -> known.has(name.path()))
                        .isPresent())
                .toList();
        return findAmong(cached.isEmpty() ? candidates : cached, name);
    }

    private Listing findAmong(List<HubRepo> repositories, HubName name) {
        List<Listing> holding = new ArrayList<>();
        List<Listing> lacking = new ArrayList<>();
        List<HubException> refusals = new ArrayList<>();
        for (HubRepo repo : repositories) {
            try {
                Listing listing = hub.contents(repo);
                (listing.has(name.path()) ? holding : lacking).add(listing);
            } catch (HubException e) {
                if (!OF_ONE_KIND.contains(e.reason())) {
                    throw e;
                }
                refusals.add(e);
            }
        }
        if (holding.size() > 1) {
            throw new IllegalArgumentException("At the Hub, a data set and a model " + name.repository() + " both have "
                    + name.path() + "; say which with dataset:" + name + " or model:" + name);
        }
        return Stream.concat(holding.stream(), lacking.stream()).findFirst().orElseThrow(() -> neither(name, refusals));
    }

    /** The refusal that tells most; if there is simply nothing, that a path may have been meant. */
    private static HubException neither(HubName name, List<HubException> refusals) {
        HubException last = refusals.get(refusals.size() - 1);
        return switch (last.reason()) {
            case REPOSITORY_NOT_FOUND ->
                refusals.stream()
                        .filter(refusal -> refusal.reason() != Reason.REPOSITORY_NOT_FOUND)
                        .findFirst()
                        .orElseGet(() -> HubException.lasting(
                                Reason.REPOSITORY_NOT_FOUND,
                                "There is no file " + name + " here, and the Hub has neither a data set nor a model "
                                        + name.repository()
                                        + ", or it is private: check the name; if it is private, set HF_TOKEN"
                                        + " or log in"));
            case NOT_CACHED ->
                HubException.lasting(
                        Reason.NOT_CACHED,
                        "There is no file " + name + " here, and offline there is neither a data set nor a model "
                                + name.repository()
                                + " in the cache: check the path, or go online once to download it (without"
                                + " HF_HUB_OFFLINE)");
            default -> last;
        };
    }

    private static HubException isFolder(Listing listing, String path) {
        return HubException.lasting(
                Reason.FILE_NOT_FOUND,
                path + " in " + listing.repo() + " is a folder; expected one of the files in it: "
                        + shown(listing.within(path)));
    }

    /** Tells what is in the deepest folder of the path that there is. */
    private static HubException isMissing(Listing listing, String path) {
        String folder = path;
        do {
            folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
        } while (!folder.isEmpty() && !listing.hasFolder(folder));
        String found = listing.complete()
                ? "The repository " + listing.repo() + " has no "
                : "Offline, and the cache holds of " + listing.repo() + " no ";
        return HubException.lasting(
                listing.complete() ? Reason.FILE_NOT_FOUND : Reason.NOT_CACHED,
                found + path + "; "
                        + (folder.isEmpty() ? "it holds " : "in " + folder + " there is ")
                        + shown(listing.within(folder)));
    }

    private static String shown(Set<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return first.isEmpty()
                ? "nothing"
                : names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
    }
}
