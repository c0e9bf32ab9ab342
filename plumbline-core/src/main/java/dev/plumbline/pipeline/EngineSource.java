package dev.plumbline.pipeline;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.HookPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** Responses from the engine in this process, with the activations averaged while they are generated. */
public final class EngineSource implements ResponseSource {

    /** Enough that the engine's batch stays full until near the end of a chunk. */
    private static final int CHUNK = 256;

    private final LanguageModel model;
    private final Sampling sampling;
    private final ResponseCapture capture;

    /** @param capture layers to average over each response; may be none */
    public EngineSource(LanguageModel model, Sampling sampling, ResponseCapture capture) {
        this.model = model;
        this.sampling = sampling;
        this.capture = capture;
    }

    @Override
    public SortedMap<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("model", String.valueOf(model.checkpoint().directory().getFileName()));
        parameters.put("revision", model.checkpoint().identity());
        parameters.put("dtype", model.dtype().name());
        parameters.put("template hash", model.chatFormat().template().hash());
        parameters.put("temperature", Double.toString(sampling.temperature()));
        parameters.put("top p", Double.toString(sampling.topP()));
        parameters.put("top k", Integer.toString(sampling.topK()));
        parameters.put("max tokens", Integer.toString(sampling.maxTokens()));
        return parameters;
    }

    @Override
    public boolean supportsSystemMessages() {
        return model.chatFormat().template().rendersSystem();
    }

    @Override
    public Optional<CaptureSetup> capture() {
        return capture.isEmpty() ? Optional.empty() : Optional.of(EngineSetup.of(model, capture));
    }

    @Override
    public int chunkSize() {
        return CHUNK;
    }

    /** The engine uses all cores for one chunk. */
    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
        Map<RolloutRequest, Reply> replies = new HashMap<>();
        try {
            model.generate(
                    chunk,
                    sampling,
                    HookPlan.empty(),
                    capture,
                    rollout -> replies.put(rollout.request(), new Reply.Answered(rollout)));
        } catch (CancellationException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("Interrupted while generating").initCause(e);
        }
        return chunk.stream().map(replies::get).map(Objects::requireNonNull).toList();
    }
}
