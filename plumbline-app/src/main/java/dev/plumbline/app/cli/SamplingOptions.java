package dev.plumbline.app.cli;

import dev.plumbline.generate.Sampling;
import picocli.CommandLine.Option;

/** How responses are sampled; the defaults are the reference's. */
final class SamplingOptions {
    @Option(
            names = "--temperature",
            defaultValue = "0.7",
            paramLabel = "T",
            description = "Sampling temperature; 0 is greedy. Default: ${DEFAULT-VALUE}.")
    @Within(least = 0)
    private double temperature;

    @Option(
            names = "--top-p",
            defaultValue = "0.9",
            paramLabel = "P",
            description = "Nucleus mass that is kept. Default: ${DEFAULT-VALUE}.")
    @Within(above = 0, most = 1)
    private double topP;

    @Option(
            names = "--top-k",
            defaultValue = "0",
            paramLabel = "K",
            description = "Most probable tokens that are kept; 0 keeps all.")
    @Within(least = 0)
    private int topK;

    @Option(
            names = "--max-tokens",
            defaultValue = "512",
            paramLabel = "N",
            description = "Most tokens of a response. Default: ${DEFAULT-VALUE}.")
    @Within(least = 1)
    private int maxTokens;

    Sampling sampling() {
        return new Sampling(temperature, topP, topK, maxTokens);
    }
}
