package dev.plumbline.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings that {@code huggingface_hub} reads from environment variables, with its defaults and precedence. */
final class HubEnvironment {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)})");

    private final Map<String, String> variables;
    private final String home;

    HubEnvironment(Map<String, String> variables, String home) {
        this.variables = variables;
        this.home = home;
    }

    /** The environment in these variables; as in Python, {@code HOME} may move the home folder except on Windows. */
    static HubEnvironment of(Map<String, String> variables) {
        String home = System.getProperty("user.home");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return new HubEnvironment(variables, windows ? home : variables.getOrDefault("HOME", home));
    }

    Endpoint endpoint() {
        return Endpoint.parse(variables.getOrDefault("HF_ENDPOINT", Endpoint.PUBLIC));
    }

    Path cache() {
        String legacy = variables.getOrDefault("HUGGINGFACE_HUB_CACHE", join(hfHome(), "hub"));
        return path(expand(variables.getOrDefault("HF_HUB_CACHE", legacy)));
    }

    /** The token that goes with every request unless the user forbids it. */
    Optional<Token> token() {
        if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            return Optional.empty();
        }
        Optional<Token> given =
                firstNonEmpty("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN").flatMap(Token::parse);
        return given.isPresent() ? given : loginToken();
    }

    private Optional<Token> loginToken() {
        Path file = tokenFile();
        try {
            return Token.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw HubException.lasting(
                    HubException.Reason.FORBIDDEN,
                    "Cannot read the Hub's login token at " + file
                            + ": make the file readable text, set HF_TOKEN, or set HF_HUB_DISABLE_IMPLICIT_TOKEN=1",
                    e);
        }
    }

    Path tokenFile() {
        return path(expand(variables.getOrDefault("HF_TOKEN_PATH", join(hfHome(), "token"))));
    }

    boolean offline() {
        return firstNonEmpty("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
                .map(HubEnvironment::isTrueValue)
                .orElse(false);
    }

    boolean symlinks() {
        return !isTrue("HF_HUB_DISABLE_SYMLINKS");
    }

    /** How long to wait for the answer to a question about a file. */
    Duration metadataTimeout() {
        return seconds("HF_HUB_ETAG_TIMEOUT");
    }

    /** How long to wait for the next bytes of a file. */
    Duration downloadTimeout() {
        return seconds("HF_HUB_DOWNLOAD_TIMEOUT");
    }

    private String hfHome() {
        String cacheHome = variables.getOrDefault("XDG_CACHE_HOME", join(home, ".cache"));
        return expand(variables.getOrDefault("HF_HOME", join(cacheHome, "huggingface")));
    }

    private Optional<String> firstNonEmpty(String name, String legacyName) {
        String value = variables.getOrDefault(name, "");
        return Optional.of(value.isEmpty() ? variables.getOrDefault(legacyName, "") : value)
                .filter(text -> !text.isEmpty());
    }

    private boolean isTrue(String name) {
        return isTrueValue(variables.getOrDefault(name, ""));
    }

    private static boolean isTrueValue(String value) {
        return TRUE.contains(value.toUpperCase(Locale.ROOT));
    }

    private Duration seconds(String name) {
        @Nullable String value = variables.get(name);
        if (value == null) {
            return DEFAULT_TIMEOUT;
        }
        try {
            int seconds = Integer.parseInt(value.strip());
            return seconds == 0 ? DEFAULT_TIMEOUT : Duration.ofSeconds(seconds);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "'; expected a number of seconds", e);
        }
    }

    /** The leading {@code ~}, then {@code $NAME} and {@code ${NAME}}; unknown variables stay as they are. */
    private String expand(String path) {
        String absolute = path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
        return VARIABLE.matcher(absolute).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            return Matcher.quoteReplacement(variables.getOrDefault(name, match.group()));
        });
    }

    private static String join(String folder, String name) {
        return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }
}
