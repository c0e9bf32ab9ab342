package dev.plumbline.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the Hub, and perhaps a file or folder in it, as people write them: {@code
 * organisation/name[@revision][/path/in/it]}, with {@code dataset:} (or {@code datasets/}, as in the Hub's addresses) or {@code
 * model:} before it where that matters.
 *
 * @param kind what the repository holds, where the name says so
 * @param repository {@code organisation/name} or {@code organisation/name@revision}
 * @param path {@code /}-separated; empty for the repository as a whole
 */
public record HubName(HubRepo.@Nullable Kind kind, String repository, String path) {
    /** Repositories that are known by their name, so that it needs no {@code dataset:}. */
    private static final Map<String, HubRepo.Kind> KNOWN =
            Map.of("lu-christina/assistant-axis-vectors", HubRepo.Kind.DATASET);

    private static final Pattern FORM =
            Pattern.compile("(dataset:|datasets/|model:)?([^/@:]+/[^/@:]+)(@[^/]+)?(?:/(.*[^/]))?/?");

    /** What a text says, if it has the form of such a name; whether there is anything of that name is not asked. */
    public static Optional<HubName> parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches() || !HubRepo.isId(match.group(2))) {
            return Optional.empty();
        }
        String path = Optional.ofNullable(match.group(4)).orElse("");
        String revision = Optional.ofNullable(match.group(3)).orElse("");
        if (!(isSafe(path) && isSafe(revision))) {
            return Optional.empty();
        }
        return Optional.of(new HubName(kind(match.group(1), match.group(2)), match.group(2) + revision, path));
    }

    private static HubRepo.@Nullable Kind kind(@Nullable String prefix, String id) {
        if (prefix == null) {
            return KNOWN.get(id);
        }
        return prefix.equals("model:") ? HubRepo.Kind.MODEL : HubRepo.Kind.DATASET;
    }

    private static boolean isSafe(String part) {
        try {
            if (!part.isEmpty()) {
                RepoPath.requireSafe("name", part);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the name stands for a repository as a whole. */
    public boolean isWhole() {
        return path.isEmpty();
    }

    /** The repository, if the name says what kind it is of. */
    public Optional<HubRepo> certain() {
        return Optional.ofNullable(kind).map(this::in);
    }

    /** The repositories that it may be in: one, or if the name does not say what it holds, a data set and a model. */
    List<HubRepo> candidates() {
        return certain().map(List::of).orElseGet(() -> List.of(in(HubRepo.Kind.DATASET), in(HubRepo.Kind.MODEL)));
    }

    private HubRepo in(HubRepo.Kind what) {
        return what == HubRepo.Kind.DATASET ? HubRepo.dataset(repository) : HubRepo.model(repository);
    }

    /** As it is written, without what says the kind. */
    @Override
    public String toString() {
        return isWhole() ? repository : repository + "/" + path;
    }
}
