package dev.plumbline.hub;

import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Hugging Face Hub and the cache on this machine. Files come from the cache if they are there; branches and tags are
 * looked up each time, so that they follow the Hub while it can be reached, and stand for what they stood for last when it
 * cannot.
 *
 * <p>All methods throw {@link HubException} when a file can be had neither way. An instance may be used by several threads,
 * and several processes, Python's included, may use one cache.
 */
public final class Hub {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    /** Reasons that the cache cannot gainsay. */
    private static final Set<Reason> FINAL =
            EnumSet.of(Reason.FILE_NOT_FOUND, Reason.REVISION_NOT_FOUND, Reason.INTERRUPTED);

    private final Path cache;
    private final boolean offline;
    private final boolean symlinks;
    private final int parallelDownloads;
    private final HubHttp http;
    private final HubApi api;
    private final Retries.Sleeper sleeper;

    private Hub(Builder builder) {
        this.cache = builder.cache;
        this.offline = builder.offline;
        this.symlinks = builder.symlinks;
        this.parallelDownloads = builder.parallelDownloads;
        // An offline Hub never reads the token, so that an unreadable one does not matter.
        Optional<Token> token = offline ? Optional.empty() : builder.token.get();
        this.http = new HubHttp(builder.endpoint.get(), token, builder.metadataTimeout, builder.downloadTimeout);
        this.api = new HubApi(http);
        this.sleeper = builder.sleeper;
    }

    /** The Hub as the environment variables of {@code huggingface_hub} describe it. */
    public static Hub fromEnvironment() {
        return builder().build();
    }

    /** Starts from the variables of this process. */
    public static Builder builder() {
        return builder(System.getenv());
    }

    /** Starts from these variables, as if they were those of the process. */
    public static Builder builder(Map<String, String> environment) {
        return new Builder(HubEnvironment.of(environment));
    }

    /** {@link #file(HubRepo, String, DownloadListener)}, silently. */
    public Path file(HubRepo repo, String filename) {
        return file(repo, filename, DownloadListener.none());
    }

    /**
     * One file of a repository, downloaded if the cache does not have it.
     *
     * @param filename {@code /}-separated path in the repository
     * @return its path in the cache; not to be written to
     */
    public Path file(HubRepo repo, String filename, DownloadListener listener) {
        RepoPath path = new RepoPath(filename);
        RepoCache repoCache = cacheOf(repo);
        if (offline || repo.isPinned()) {
            Optional<Path> found = find(repoCache, repo, path);
            if (found.isPresent()) {
                return found.get();
            }
            if (repoCache
                    .commit(repo.revision())
                    .filter(commit -> repoCache.isKnownMissing(commit, path))
                    .isPresent()) {
                throw Refusal.fileNotFound(repo, "file '" + path + "'");
            }
        }
        if (offline) {
            throw notCached("the file '" + path + "' of " + repo);
        }
        Supplier<Path> source = this.<Supplier<Path>>ask(
                () -> {
                    RemoteFile remote = describe(repoCache, repo, path);
                    return () -> fetch(repoCache, remote, listener);
                },
                () -> find(repoCache, repo, path).map(cached -> () -> cached));
        return source.get();
    }

    /**
     * All files of a repository whose names match, downloaded in parallel if the cache does not have them.
     *
     * @return the folder that holds them, and perhaps others; it is named after the commit
     */
    public Path snapshot(HubRepo repo, FilePatterns patterns, DownloadListener listener) {
        RepoCache repoCache = cacheOf(repo);
        if (offline) {
            return cachedSnapshot(repoCache, repo, patterns).orElseThrow(() -> notCached(repo + " (" + patterns + ")"));
        }
        Supplier<Path> source = this.<Supplier<Path>>ask(
                () -> {
                    Listing listing = list(repoCache, repo);
                    return () -> complete(repoCache, listing, patterns, listener);
                },
                () -> cachedSnapshot(repoCache, repo, patterns).map(cached -> () -> cached));
        return source.get();
    }

    /** The file as it is in the cache, for the commit that the revision stood for last; never asks the network. */
    public Optional<Path> cached(HubRepo repo, String filename) {
        return find(cacheOf(repo), repo, new RepoPath(filename));
    }

    /**
     * What a repository holds, at the commit that its revision stands for; as far as the cache knows it where the Hub is not
     * asked or does not answer.
     */
    Listing contents(HubRepo repo) {
        RepoCache repoCache = cacheOf(repo);
        if (offline) {
            return known(repoCache, repo).orElseThrow(() -> notCached(repo.toString()));
        }
        return ask(() -> list(repoCache, repo), () -> known(repoCache, repo));
    }

    /** What the cache knows of a repository's contents: the list of its files, or else those that are there. */
    private static Optional<Listing> known(RepoCache repoCache, HubRepo repo) {
        return repoCache
                .commit(repo.revision())
                .flatMap(commit -> repoCache.listing(repo, commit).or(() -> repoCache.present(repo, commit)));
    }

    /** What of a repository is in the cache, for the commit that the revision stood for last; never asks the network. */
    Optional<Listing> present(HubRepo repo) {
        RepoCache repoCache = cacheOf(repo);
        return repoCache.commit(repo.revision()).flatMap(commit -> repoCache.present(repo, commit));
    }

    private RepoCache cacheOf(HubRepo repo) {
        return new RepoCache(cache, repo, symlinks);
    }

    private static Optional<Path> find(RepoCache repoCache, HubRepo repo, RepoPath path) {
        return repoCache.commit(repo.revision()).flatMap(commit -> repoCache.file(commit, path));
    }

    /**
     * Asks the Hub, again if it fails for a passing reason; but if the cache has an answer, one failure is enough. That
     * something does not exist is an answer, and not a failure.
     */
    private <T> T ask(Supplier<T> question, Supplier<Optional<T>> fromCache) {
        Retries retries = new Retries(sleeper);
        while (true) {
            try {
                return question.get();
            } catch (HubException e) {
                if (!FINAL.contains(e.reason())) {
                    Optional<T> cached = fromCache.get();
                    if (cached.isPresent()) {
                        LOG.warn("Using what is in the cache. {}", e.getMessage());
                        return cached.get();
                    }
                }
                retries.waitAfter(e);
            }
        }
    }

    private RemoteFile describe(RepoCache repoCache, HubRepo repo, RepoPath path) {
        RemoteFile remote = api.describe(
                repo,
                path,
                commit -> ifPossible(() -> {
                    repoCache.rememberMissing(commit, path);
                    repoCache.remember(repo.revision(), commit);
                }));
        ifPossible(() -> repoCache.remember(repo.revision(), remote.repo().revision()));
        return remote;
    }

    private Listing list(RepoCache repoCache, HubRepo repo) {
        if (repo.isPinned()) {
            Optional<Listing> known = repoCache.listing(repo, repo.revision());
            if (known.isPresent()) {
                return known.get();
            }
        }
        Listing listing = api.list(repo);
        ifPossible(() -> {
            repoCache.remember(repo.revision(), listing.repo().revision());
            repoCache.remember(listing);
        });
        return listing;
    }

    /** The snapshot if it lacks nothing that matches; without a list of files, if it has anything that matches. */
    private static Optional<Path> cachedSnapshot(RepoCache repoCache, HubRepo repo, FilePatterns patterns) {
        return repoCache
                .commit(repo.revision())
                .filter(commit -> repoCache
                        .listing(repo, commit)
                        .map(listing -> listing.matching(patterns).stream()
                                .allMatch(entry ->
                                        repoCache.file(commit, entry.path()).isPresent()))
                        .orElseGet(() -> repoCache.files(commit).anyMatch(patterns::matches)))
                .map(repoCache::snapshot)
                .filter(Files::isDirectory);
    }

    private Path complete(RepoCache repoCache, Listing listing, FilePatterns patterns, DownloadListener listener) {
        HubRepo pinned = listing.repo();
        List<Listing.Entry> wanted = listing.matching(patterns);
        if (wanted.isEmpty()) {
            throw Refusal.fileNotFound(pinned, "file that matches " + patterns);
        }
        ParallelTasks.run(
                parallelDownloads,
                "downloading " + pinned,
                wanted.stream()
                        .filter(entry ->
                                repoCache.file(pinned.revision(), entry.path()).isEmpty())
                        .<Runnable>map(entry -> () -> {
                            RemoteFile remote = listing.describe(entry)
                                    .orElseGet(() ->
                                            ask(() -> describe(repoCache, pinned, entry.path()), Optional::empty));
                            fetch(repoCache, remote, listener);
                        })
                        .toList());
        return repoCache.snapshot(pinned.revision());
    }

    private Path fetch(RepoCache repoCache, RemoteFile remote, DownloadListener listener) {
        String commit = remote.repo().revision();
        RepoPath path = remote.path();
        Optional<Path> present = repoCache.file(commit, path);
        if (present.isPresent()) {
            return present.get();
        }
        ifPossible(repoCache::tag);
        try {
            return BlobLock.during(repoCache.lock(remote.etag()), () -> {
                Optional<Path> broughtMeanwhile = repoCache.file(commit, path);
                if (broughtMeanwhile.isPresent()) {
                    return broughtMeanwhile.get();
                }
                boolean fresh = !repoCache.hasBlob(remote);
                if (fresh) {
                    new BlobDownload(http, new Retries(sleeper), remote, repoCache.blobs(), listener).run();
                }
                return repoCache.place(remote.etag(), commit, path, fresh);
            });
        } catch (IOException e) {
            throw DiskFailure.of(e, cache);
        } catch (InterruptedException e) {
            throw HubException.interrupted("waiting for another download of '" + path + "'", e);
        }
    }

    private HubException notCached(String what) {
        return HubException.lasting(
                Reason.NOT_CACHED,
                "Offline, and the cache " + cache + " does not hold " + what
                        + ": go online once to download it (without HF_HUB_OFFLINE and --offline), or set HF_HUB_CACHE to the cache"
                        + " that holds it");
    }

    /** For notes that make later calls quicker, in a cache that may be read-only. */
    private static void ifPossible(Note note) {
        try {
            note.write();
        } catch (IOException e) {
            LOG.debug("A note in the cache could not be written", e);
        }
    }

    private interface Note {
        void write() throws IOException;
    }

    /** What to do differently from the environment. */
    public static final class Builder {
        private static final int DEFAULT_PARALLEL_DOWNLOADS = 4;

        private final boolean symlinks;
        private final Duration metadataTimeout;
        private Supplier<Endpoint> endpoint;
        private Supplier<Optional<Token>> token;
        private Duration downloadTimeout;
        private Path cache;
        private boolean offline;
        private int parallelDownloads = DEFAULT_PARALLEL_DOWNLOADS;
        private Retries.Sleeper sleeper = Builder::sleep;

        private Builder(HubEnvironment environment) {
            endpoint = environment::endpoint;
            token = environment::token;
            cache = environment.cache();
            offline = environment.offline();
            symlinks = environment.symlinks();
            metadataTimeout = environment.metadataTimeout();
            downloadTimeout = environment.downloadTimeout();
        }

        /** The server to ask, instead of {@code HF_ENDPOINT} or {@code https://huggingface.co}. */
        public Builder endpoint(URI address) {
            endpoint = () -> Endpoint.parse(address.toString());
            return this;
        }

        /** The cache folder, instead of {@code HF_HUB_CACHE}. */
        public Builder cache(Path folder) {
            cache = folder.toAbsolutePath().normalize();
            return this;
        }

        /** The access token, instead of {@code HF_TOKEN} or that of the login; blank for none. */
        public Builder token(String secret) {
            token = () -> Token.parse(secret);
            return this;
        }

        /** Whether to use only what is in the cache, whatever {@code HF_HUB_OFFLINE} says. */
        public Builder offline(boolean only) {
            offline = only;
            return this;
        }

        /** How many files a snapshot downloads at once. */
        public Builder parallelDownloads(int files) {
            if (files < 1) {
                throw new IllegalArgumentException("parallelDownloads is " + files + "; expected at least 1");
            }
            parallelDownloads = files;
            return this;
        }

        /** How long the server may stay silent within a file, instead of {@code HF_HUB_DOWNLOAD_TIMEOUT}. */
        Builder downloadTimeout(Duration timeout) {
            downloadTimeout = timeout;
            return this;
        }

        Builder sleeper(Retries.Sleeper instead) {
            sleeper = instead;
            return this;
        }

        public Hub build() {
            return new Hub(this);
        }

        private static void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    }
}
