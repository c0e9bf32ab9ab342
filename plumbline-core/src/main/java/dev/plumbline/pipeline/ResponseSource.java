package dev.plumbline.pipeline;

import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where responses come from: the engine in this process, or an endpoint.
 *
 * <p>For the same chunk, a deterministic source gives the same replies at any time. The pipeline hands out chunks that
 * depend on the run's parameters only, so a source need not be independent of how requests are batched.
 */
public interface ResponseSource {

    /** What came of one request. */
    sealed interface Reply {

        /** A response; its text may be empty. */
        record Answered(Rollout rollout) implements Reply {}

        /** The provider declined; asking again would not help. */
        record Declined(String why) implements Reply {}

        /** No response could be had; asking again later may help. */
        record Failed(String why) implements Reply {}
    }

    /** Everything that a response depends on besides prompt and seed, by name: model, template, sampling, layers captured. */
    SortedMap<String, String> parameters();

    /** Whether a system message has a place in the model's chat template. */
    boolean supportsSystemMessages();

    /** If every answered rollout with tokens comes with the mean activation of its response: what that mean is of. */
    Optional<CaptureSetup> capture();

    /** Requests that one call should hold. */
    int chunkSize();

    /** Calls that may run at once. */
    int parallelism();

    /**
     * Answers every request, in order.
     *
     * @throws InterruptedException if the thread was interrupted; nothing of the chunk is then kept
     */
    List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException;
}
