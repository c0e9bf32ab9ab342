package dev.plumbline.app.cli;

import dev.plumbline.generate.Sampling;
import dev.plumbline.pipeline.EndpointSource;
import dev.plumbline.pipeline.ResponseSource;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A server that answers in place of the engine in this process. */
final class ServerOptions {
    @Option(
            names = "--server-model",
            paramLabel = "NAME",
            description = "Let an OpenAI-compatible server answer, with the model that it knows by this name; e.g."
                    + " google/gemma-2-27b-it on OpenRouter, or what vLLM serves.")
    private @Nullable String model;

    @Option(
            names = "--server-url",
            paramLabel = "URL",
            description = "The server, up to and including /v1. Default: as for --judge-url.")
    private @Nullable URI url;

    @Option(
            names = "--server-concurrency",
            defaultValue = "32",
            paramLabel = "N",
            description = "Most requests in flight. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int concurrency;

    @Option(
            names = "--server-rate",
            defaultValue = "50",
            paramLabel = "N",
            description = "Most requests per second. Default: ${DEFAULT-VALUE}.")
    @Within(above = 0)
    private double rate;

    /** The server, if one was asked for. */
    Optional<ResponseSource> source(Sampling sampling) {
        return Optional.ofNullable(model)
                .map(name -> new EndpointSource(EndpointOptions.connect(url, concurrency, rate), name, sampling));
    }
}
