package dev.plumbline.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of one repository in the cache, in the layout that the package's description shows. */
final class RepoCache {
    private static final Logger LOG = LoggerFactory.getLogger(RepoCache.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TREE_FORMAT = 1;
    private static final String TAG = "CACHEDIR.TAG";
    private static final String TAG_CONTENT = """
            Signature: 8a477f597d28d172789f06886806bc55
            # This file is a cache directory tag created by huggingface_hub.
            # For information about cache directory tags, see:
            #\thttps://bford.info/cachedir/
            """;

    private final Path root;
    private final Path folder;
    private final boolean symlinks;

    /** @param symlinks whether snapshots may link to blobs; if not, they hold the files themselves */
    RepoCache(Path root, HubRepo repo, boolean symlinks) {
        this.root = root;
        this.folder = root.resolve(repo.kind().plural + "--" + repo.id().replace("/", "--"));
        this.symlinks = symlinks;
    }

    /** The commit that a revision stands for, as far as the cache knows. */
    Optional<String> commit(String revision) {
        if (HubRepo.isCommit(revision)) {
            return Optional.of(revision);
        }
        try {
            return Optional.of(Files.readString(ref(revision)).strip()).filter(HubRepo::isCommit);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("Ignoring the unreadable reference {}", ref(revision));
            LOG.debug("It fails with", e);
            return Optional.empty();
        }
    }

    /** Where the files of a commit are. */
    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** The file of that name at that commit, if it is there. */
    Optional<Path> file(String commit, RepoPath path) {
        return Optional.of(path.in(snapshot(commit))).filter(Files::isRegularFile);
    }

    /** The names of all files of a commit that are there. */
    Stream<String> files(String commit) {
        Path snapshot = snapshot(commit);
        if (!Files.isDirectory(snapshot)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(snapshot)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> snapshot.relativize(file).toString().replace(File.separatorChar, '/'))
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Ignoring the unreadable snapshot {}", snapshot, e);
            return Stream.empty();
        }
    }

    /** The files of a commit that are there, as a list; nothing if there are none. */
    Optional<Listing> present(HubRepo repo, String commit) {
        List<Listing.Entry> entries =
                files(commit).map(name -> new Listing.Entry(name, null)).toList();
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Listing(repo.at(commit), entries, false));
    }

    /** Whether the Hub once said that the commit has no such file. */
    boolean isKnownMissing(String commit, RepoPath path) {
        return Files.isRegularFile(path.in(missing(commit)));
    }

    /** Where the contents of files are, each under its etag. */
    Path blobs() {
        return folder.resolve("blobs");
    }

    /** Whether the contents of a file are there, and as long as they should be. */
    boolean hasBlob(RemoteFile file) throws IOException {
        Path blob = blobs().resolve(file.etag().value());
        return Files.isRegularFile(blob)
                && (file.size().isEmpty() || file.size().getAsLong() == Files.size(blob));
    }

    /** The file whose lock guards a blob. */
    Path lock(Etag etag) {
        return root.resolve(".locks").resolve(folder.getFileName()).resolve(etag.value() + ".lock");
    }

    /** Notes the commit that a branch or tag stands for; a reference that says so already is not touched. */
    void remember(String revision, String commit) throws IOException {
        if (!revision.equals(commit) && !commit(revision).equals(Optional.of(commit))) {
            replace(ref(revision), commit.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Notes that a commit has no such file. */
    void rememberMissing(String commit, RepoPath path) throws IOException {
        Path marker = path.in(missing(commit));
        if (!Files.exists(marker)) {
            replace(marker, new byte[0]);
        }
    }

    /** Marks the whole cache as one, so that backup programs pass it over. */
    void tag() throws IOException {
        if (!Files.exists(root.resolve(TAG))) {
            replace(root.resolve(TAG), TAG_CONTENT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * Puts a blob in its place in a snapshot. Where links are not possible, a blob that is new is moved there, and one
     * that other snapshots may share is copied.
     */
    Path place(Etag etag, String commit, RepoPath path, boolean fresh) throws IOException {
        Path blob = blobs().resolve(etag.value());
        Path file = path.in(snapshot(commit));
        Path parent = Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path draft = draft(file);
        try {
            if (!linked(draft, parent.relativize(blob))) {
                if (fresh) {
                    Files.move(blob, draft);
                } else {
                    Files.copy(blob, draft);
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        return file;
    }

    private boolean linked(Path link, Path target) {
        if (!symlinks) {
            return false;
        }
        try {
            Files.createSymbolicLink(link, target);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("No symbolic links in {}", root, e);
            return false;
        }
    }

    /** All files of a commit, if the cache has their list. */
    Optional<Listing> listing(HubRepo repo, String commit) {
        Path file = tree(commit);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(file.toFile());
            if (json.path("format_version").asInt() != TREE_FORMAT
                    || !json.path("files").isObject()) {
                return Optional.empty();
            }
            List<Listing.Entry> entries = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : json.path("files").properties()) {
                entries.add(new Listing.Entry(entry.getKey(), contents(entry.getValue())));
            }
            return Optional.of(new Listing(repo.at(commit), List.copyOf(entries), true));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Ignoring the unreadable list of files {}", file, e);
            return Optional.empty();
        }
    }

    private static Listing.Contents contents(JsonNode json) {
        boolean large = json.hasNonNull("lfs_sha256");
        return new Listing.Contents(
                json.path(large ? "lfs_size" : "size").asLong(),
                new Etag(json.path("blob_id").asText()),
                large ? new Etag(json.path("lfs_sha256").asText()) : null);
    }

    /** Keeps the list of all files of a commit, unless it lacks what Python expects to find in it. */
    void remember(Listing listing) throws IOException {
        Map<String, Listing.Contents> files = new TreeMap<>();
        for (Listing.Entry entry : listing.entries()) {
            Listing.@Nullable Contents contents = entry.contents();
            if (contents == null) {
                return;
            }
            files.put(entry.name(), contents);
        }
        ObjectNode json = JSON.createObjectNode().put("format_version", TREE_FORMAT);
        ObjectNode tree = json.putObject("files");
        files.forEach((path, contents) -> {
            ObjectNode file = tree.putObject(path)
                    .put("size", contents.size())
                    .put("blob_id", contents.gitBlob().value());
            if (contents.sha256() != null) {
                file.put("lfs_sha256", contents.sha256().value()).put("lfs_size", contents.size());
            }
        });
        replace(
                tree(listing.repo().revision()),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    private Path ref(String revision) {
        return new RepoPath(revision).in(folder.resolve("refs"));
    }

    private Path missing(String commit) {
        return folder.resolve(".no_exist").resolve(commit);
    }

    private Path tree(String commit) {
        return folder.resolve("trees").resolve(commit + ".json");
    }

    /** Writes a small file so that a reader sees the old or the new contents, never a part. */
    private static void replace(Path file, byte[] contents) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = draft(file);
        try {
            Files.write(draft, contents);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Path draft(Path file) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return file.resolveSibling(file.getFileName() + "." + random + ".tmp");
    }
}
