package dev.plumbline.hub;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a repository at one commit.
 *
 * @param complete whether these are all; else they are those that the cache holds
 */
record Listing(HubRepo repo, List<Entry> entries, boolean complete) {

    /** A file, and what the listing says of its contents, if it does. */
    record Entry(String name, @Nullable Contents contents) {

        /** The name, as one that is safe to use. */
        RepoPath path() {
            return new RepoPath(name);
        }
    }

    /**
     * The contents of a file.
     *
     * @param size in bytes; of a large file its own, not that of the pointer that git holds for it
     * @param gitBlob git's id of the file or of its pointer
     * @param sha256 only of a large file
     */
    record Contents(long size, Etag gitBlob, @Nullable Etag sha256) {}

    /** Whether there is a file or folder of that path. */
    boolean has(String path) {
        return hasFile(path) || hasFolder(path);
    }

    boolean hasFile(String path) {
        return entries.stream().anyMatch(entry -> entry.name().equals(path));
    }

    boolean hasFolder(String path) {
        return !within(path).isEmpty();
    }

    /** What is directly in a folder, or for an empty path at the top: files, and folders with a slash at their end. */
    SortedSet<String> within(String folder) {
        String start = folder.isEmpty() ? "" : folder + "/";
        return entries.stream()
                .map(Entry::name)
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files whose names match; all their names are safe. */
    List<Entry> matching(FilePatterns patterns) {
        List<Entry> matching =
                entries.stream().filter(entry -> patterns.matches(entry.name())).toList();
        try {
            matching.forEach(Entry::path);
        } catch (IllegalArgumentException e) {
            throw HubException.lasting(
                    HubException.Reason.BAD_RESPONSE,
                    repo + " has a file that cannot be stored safely. " + e.getMessage(),
                    e);
        }
        return matching;
    }

    /** What downloading the file takes; empty if the listing does not say what its contents are. */
    Optional<RemoteFile> describe(Entry entry) {
        return Optional.ofNullable(entry.contents())
                .map(contents -> new RemoteFile(
                        repo,
                        entry.path(),
                        contents.sha256() == null ? contents.gitBlob() : contents.sha256(),
                        OptionalLong.of(contents.size())));
    }
}
