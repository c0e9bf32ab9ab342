package dev.plumbline.hub;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a file within a repository, {@code /}-separated and relative, and safe to append to a folder on any
 * system: the name may come from a hostile repository.
 */
record RepoPath(String value) {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    RepoPath {
        requireSafe("file name", value);
    }

    /** Refuses text that, appended to a folder, could name something outside it. */
    static void requireSafe(String what, String text) {
        if (text.indexOf('\\') >= 0 || text.chars().anyMatch(Character::isISOControl)) {
            throw refused(what, text);
        }
        for (String segment : text.split("/", -1)) {
            if (segment.isEmpty()
                    || segment.equals(".")
                    || segment.equals("..")
                    || DRIVE.matcher(segment).matches()) {
                throw refused(what, text);
            }
        }
    }

    private static IllegalArgumentException refused(String what, String text) {
        return new IllegalArgumentException("Not a " + what + " in a repository: '" + text
                + "'; expected a relative path with '/' between its parts, without '.', '..', '\\' or a drive letter");
    }

    Path in(Path folder) {
        Path path = folder;
        for (String segment : value.split("/", -1)) {
            path = path.resolve(segment);
        }
        return path;
    }

    @Override
    public String toString() {
        return value;
    }
}
