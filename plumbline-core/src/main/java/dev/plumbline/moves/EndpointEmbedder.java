package dev.plumbline.moves;

import dev.plumbline.endpoint.EmbeddingEndpoint;
import dev.plumbline.endpoint.EndpointException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Embeds with a model behind an OpenAI-compatible endpoint. */
public final class EndpointEmbedder implements Embedder {

    private final EmbeddingEndpoint endpoint;
    private final String model;

    /** @param model the server's name for it */
    public EndpointEmbedder(EmbeddingEndpoint endpoint, String model) {
        this.endpoint = endpoint;
        this.model = model;
    }

    @Override
    public String name() {
        return model + " at " + endpoint.settings().base();
    }

    /**
     * {@inheritDoc}
     *
     * @throws EmbedderException if the server fails
     * @throws CancellationException if the thread was interrupted; its interrupt flag is then set
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        try {
            return endpoint.embed(model, texts).stream().map(UnitVector::of).toList();
        } catch (EndpointException e) {
            throw new EmbedderException("Embeddings of " + model + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while " + model + " was asked for embeddings");
        }
    }
}
