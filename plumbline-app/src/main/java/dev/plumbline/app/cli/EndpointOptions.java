package dev.plumbline.app.cli;

import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.EndpointSettings;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An OpenAI-compatible server, from options that differ by what it is for. */
final class EndpointOptions {
    private EndpointOptions() {}

    /** The server at a URL, or the one that the environment names; its key comes from the environment alone. */
    static ChatEndpoint connect(@Nullable URI url, int concurrency, double requestsPerSecond) {
        return new ChatEndpoint(settings(url).withConcurrency(concurrency).withRequestsPerSecond(requestsPerSecond));
    }

    /** The same, with usual limits. */
    static EndpointSettings settings(@Nullable URI url) {
        return Optional.ofNullable(url)
                .map(base -> EndpointSettings.at(base, System.getenv()))
                .orElseGet(() -> EndpointSettings.fromEnvironment(System.getenv()));
    }
}
