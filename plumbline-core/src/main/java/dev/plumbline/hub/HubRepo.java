package dev.plumbline.hub;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository on the Hub at one revision.
 *
 * @param kind what it holds
 * @param id {@code organisation/name}, or a bare {@code name} for the few repositories without an owner
 * @param revision branch, tag or full commit hash
 */
public record HubRepo(Kind kind, String id, String revision) {

    /** What a repository holds; the Hub keeps the two in separate name spaces. */
    public enum Kind {
        MODEL("models", ""),
        DATASET("datasets", "datasets/");

        /** In API addresses and in the names of cache folders. */
        final String plural;

        /** Before the id in the addresses of files. */
        final String addressPrefix;

        Kind(String plural, String addressPrefix) {
            this.plural = plural;
            this.addressPrefix = addressPrefix;
        }
    }

    private static final String DEFAULT_REVISION = "main";
    private static final int MAX_NAME = 96;
    private static final Pattern ID = Pattern.compile("(?:NAME/)?NAME".replace("NAME", "\\w(?:[\\w.-]{0,94}\\w)?"));
    /** {@code …/models--org--name/snapshots/<commit>}. */
    private static final Pattern SNAPSHOT = Pattern.compile(".*/(models|datasets)--([^/]+)/snapshots/([0-9a-f]{40})");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    public HubRepo {
        if (!isId(id)) {
            throw new IllegalArgumentException("Not a repository id: '" + id
                    + "'; expected organisation/name of letters, digits, '-', '_' and '.', each at most " + MAX_NAME
                    + " long, starting and ending with a letter or digit, without '--', '..' or a final '.git'");
        }
        RepoPath.requireSafe("revision", revision);
    }

    /** The model repository {@code id} or {@code id@revision}; without a revision, the branch {@code main}. */
    public static HubRepo model(String idAtRevision) {
        return of(Kind.MODEL, idAtRevision);
    }

    /** The dataset repository {@code id} or {@code id@revision}; without a revision, the branch {@code main}. */
    public static HubRepo dataset(String idAtRevision) {
        return of(Kind.DATASET, idAtRevision);
    }

    /** What a folder of the cache is a snapshot of, with the commit as revision; empty for any other folder. */
    public static Optional<HubRepo> ofSnapshot(Path folder) {
        Matcher match =
                SNAPSHOT.matcher(folder.toAbsolutePath().normalize().toString().replace(File.separatorChar, '/'));
        if (!match.matches() || !isId(match.group(2).replace("--", "/"))) {
            return Optional.empty();
        }
        Kind kind = match.group(1).equals(Kind.MODEL.plural) ? Kind.MODEL : Kind.DATASET;
        return Optional.of(new HubRepo(kind, match.group(2).replace("--", "/"), match.group(3)));
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches() && !text.contains("--") && !text.contains("..") && !text.endsWith(".git");
    }

    private static HubRepo of(Kind kind, String idAtRevision) {
        int at = idAtRevision.indexOf('@');
        return at < 0
                ? new HubRepo(kind, idAtRevision, DEFAULT_REVISION)
                : new HubRepo(kind, idAtRevision.substring(0, at), idAtRevision.substring(at + 1));
    }

    /** The same repository at another branch, tag or commit. */
    public HubRepo at(String otherRevision) {
        return new HubRepo(kind, id, otherRevision);
    }

    /** Whether the revision is a commit, whose files never change. */
    boolean isPinned() {
        return isCommit(revision);
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** As in the Hub's addresses: {@code org/name@main}, {@code datasets/org/name@main}. */
    @Override
    public String toString() {
        return kind.addressPrefix + id + "@" + revision;
    }
}
