package dev.plumbline.app.cli;

import dev.plumbline.embed.SentenceEmbedder;
import dev.plumbline.endpoint.EmbeddingEndpoint;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.moves.Embedder;
import dev.plumbline.moves.EndpointEmbedder;
import dev.plumbline.moves.ModelEmbedder;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What embeds messages, where it is not the bundled sentence model. */
final class EmbedderOptions {
    @ArgGroup(exclusive = false)
    private @Nullable Checkpoint checkpoint;

    @ArgGroup(exclusive = false)
    private @Nullable Server server;

    /** A layer of a language model in our own engine. */
    private static final class Checkpoint {
        @Option(
                names = "--embed-model",
                required = true,
                paramLabel = "MODEL",
                description = "Embed messages with a layer of a checkpoint, as for --model: its mean over the message.")
        private String model = "";

        @Option(
                names = "--embed-layer",
                paramLabel = "N",
                description = "0-based layer whose output is averaged. Default: the middle one.")
        @Within(least = 0)
        private @Nullable Integer layer;

        void use(Consumer<Embedder> task) {
            try (LanguageModel loaded = LanguageModel.load(Models.directory(model), LoadOptions.DEFAULT)) {
                int averaged = layer == null ? loaded.config().nLayers() / 2 : layer;
                task.accept(new ModelEmbedder(loaded, Models.shortName(model), averaged));
            }
        }
    }

    /** A model behind an endpoint. */
    private static final class Server {
        @Option(
                names = "--embed-endpoint",
                required = true,
                paramLabel = "NAME",
                description =
                        "Embed messages with a model of an OpenAI-compatible server (/embeddings), by its server's"
                                + " name for it, such as text-embedding-3-small.")
        private String model = "";

        @Option(
                names = "--embed-url",
                paramLabel = "URL",
                description = "That server, up to and including /v1. Default and keys: as for --judge-url.")
        private @Nullable URI url;

        Embedder embedder() {
            return new EndpointEmbedder(new EmbeddingEndpoint(EndpointOptions.settings(url)), model);
        }
    }

    /** What was asked for, or else the bundled sentence model, for as long as the task takes. */
    static void use(@Nullable EmbedderOptions asked, Consumer<Embedder> task) {
        if (asked != null && asked.checkpoint != null) {
            asked.checkpoint.use(task);
        } else if (asked != null && asked.server != null) {
            task.accept(asked.server.embedder());
        } else {
            task.accept(new SentenceEmbedder());
        }
    }
}
