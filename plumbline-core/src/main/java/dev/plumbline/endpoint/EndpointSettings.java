package dev.plumbline.endpoint;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server is and how to treat it. Start from {@link #of} or {@link #fromEnvironment} and change what differs.
 *
 * @param base URL up to and including the version, e.g. {@code https://api.openai.com/v1}
 * @param key sent as a bearer token; local servers need none
 * @param concurrency most requests in flight
 * @param requestsPerSecond most requests to leave in any second, retries included
 * @param timeout most time for one attempt, from sending to the last byte
 * @param attempts most attempts for one completion
 * @param firstWait upper end of the wait after the first failure; it doubles with each further one
 * @param longestWait upper end of every wait, also of one that the server asks for
 * @param maxBodyBytes largest body accepted
 */
public record EndpointSettings(
        URI base,
        Optional<ApiKey> key,
        int concurrency,
        double requestsPerSecond,
        Duration timeout,
        int attempts,
        Duration firstWait,
        Duration longestWait,
        int maxBodyBytes) {

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final URI OPENROUTER = URI.create("https://openrouter.ai/api/v1");

    public EndpointSettings {
        String scheme = base.getScheme();
        if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("Expected an http or https URL of a server, found \"" + base + "\"");
        }
        if (base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new IllegalArgumentException(
                    "The base URL of " + base.getHost() + " must not carry credentials, a query or a fragment");
        }
        if (concurrency < 1 || attempts < 1 || maxBodyBytes < 1 || !(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("Expected positive limits; found concurrency " + concurrency
                    + ", attempts " + attempts + ", requests per second " + requestsPerSecond + ", body bytes "
                    + maxBodyBytes);
        }
        if (timeout.isNegative() || timeout.isZero() || firstWait.isNegative() || longestWait.isNegative()) {
            throw new IllegalArgumentException("Expected a positive timeout and waits that are not negative; found "
                    + timeout + ", " + firstWait + " and " + longestWait);
        }
    }

    /** A server with usual limits: 32 in flight, 50 a second, 2 minutes and 6 attempts each. */
    public static EndpointSettings of(URI base, Optional<ApiKey> key) {
        return new EndpointSettings(
                base, key, 32, 50, Duration.ofMinutes(2), 6, Duration.ofMillis(500), Duration.ofMinutes(1), 4 << 20);
    }

    /**
     * The server that the environment names: {@code OPENAI_BASE_URL}, or OpenRouter if only {@code OPENROUTER_API_KEY} is
     * set, or OpenAI. A key goes to its own provider only: {@code OPENROUTER_API_KEY} to OpenRouter,
     * {@code OPENAI_API_KEY} to any other server.
     */
    public static EndpointSettings fromEnvironment(Map<String, String> environment) {
        Optional<String> base = value(environment, "OPENAI_BASE_URL");
        if (base.isPresent()) {
            return at(parse(base.get()), environment);
        }
        boolean onlyOpenRouter = value(environment, "OPENAI_API_KEY").isEmpty()
                && value(environment, "OPENROUTER_API_KEY").isPresent();
        return at(onlyOpenRouter ? OPENROUTER : OPENAI, environment);
    }

    /** A given server, with the key that the environment holds for it. */
    public static EndpointSettings at(URI base, Map<String, String> environment) {
        boolean openRouter = OPENROUTER.getHost().equals(base.getHost());
        String variable = openRouter ? "OPENROUTER_API_KEY" : "OPENAI_API_KEY";
        return of(base, value(environment, variable).map(ApiKey::new));
    }

    public EndpointSettings withConcurrency(int most) {
        return new EndpointSettings(
                base, key, most, requestsPerSecond, timeout, attempts, firstWait, longestWait, maxBodyBytes);
    }

    public EndpointSettings withRequestsPerSecond(double most) {
        return new EndpointSettings(
                base, key, concurrency, most, timeout, attempts, firstWait, longestWait, maxBodyBytes);
    }

    public EndpointSettings withTimeout(Duration most) {
        return new EndpointSettings(
                base, key, concurrency, requestsPerSecond, most, attempts, firstWait, longestWait, maxBodyBytes);
    }

    /** The number of attempts, and the waits between them. */
    public EndpointSettings withRetries(int most, Duration first, Duration longest) {
        return new EndpointSettings(
                base, key, concurrency, requestsPerSecond, timeout, most, first, longest, maxBodyBytes);
    }

    public EndpointSettings withMaxBodyBytes(int most) {
        return new EndpointSettings(
                base, key, concurrency, requestsPerSecond, timeout, attempts, firstWait, longestWait, most);
    }

    URI completions() {
        return below("chat/completions");
    }

    URI embeddings() {
        return below("embeddings");
    }

    private URI below(String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + path);
    }

    /** OpenAI's newer models know only the new name of the token limit, many other servers only the old one. */
    String tokenLimitField() {
        return OPENAI.getHost().equals(base.getHost()) ? "max_completion_tokens" : "max_tokens";
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("OPENAI_BASE_URL is not a URL: \"" + text + "\"", e);
        }
    }
}
