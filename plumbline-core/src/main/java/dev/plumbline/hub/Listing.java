package dev.plumbline.hub;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** All files of a repository at one commit. */
record Listing(HubRepo repo, List<Entry> entries) {

    /** A file, and what the listing says of its contents, if it does. */
    record Entry(String path, @Nullable Contents contents) {}

    /**
     * The contents of a file.
     *
     * @param size in bytes; of a large file its own, not that of the pointer that git holds for it
     * @param gitBlob git's id of the file or of its pointer
     * @param sha256 only of a large file
     */
    record Contents(long size, Etag gitBlob, @Nullable Etag sha256) {}

    /** The files whose names match, each name checked. */
    List<RepoPath> matching(FilePatterns patterns) {
        try {
            return entries.stream()
                    .map(Entry::path)
                    .filter(patterns::matches)
                    .map(RepoPath::new)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw HubException.lasting(
                    HubException.Reason.BAD_RESPONSE,
                    repo + " has a file that cannot be stored safely. " + e.getMessage(),
                    e);
        }
    }

    /** The file of that name; empty if the listing does not describe its contents. */
    Optional<RemoteFile> describe(RepoPath path) {
        return entries.stream()
                .filter(entry -> entry.path().equals(path.value()))
                .map(Entry::contents)
                .<RemoteFile>mapMulti((contents, sink) -> {
                    if (contents != null) {
                        Etag etag = contents.sha256() == null ? contents.gitBlob() : contents.sha256();
                        sink.accept(new RemoteFile(repo, path, etag, OptionalLong.of(contents.size())));
                    }
                })
                .findFirst();
    }
}
