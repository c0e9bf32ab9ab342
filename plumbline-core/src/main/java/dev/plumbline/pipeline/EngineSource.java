package dev.plumbline.pipeline;

import dev.plumbline.capture.Compat;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import dev.plumbline.hook.HookPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;

/** Responses from a model in this process, whose activations are averaged while the tokens are made. */
public final class EngineSource implements ResponseSource {

    /** Enough for a lane of the engine to keep its batch full, few enough to be repeated after a kill. */
    private static final int CHUNK_OF_LANE = 256;

    private final LanguageModel model;
    private final ModelName name;
    private final Sampling sampling;
    private final ResponseCapture capture;
    private final int chunkSize;

    /**
     * @param model stays the caller's to close
     * @param name what the manifest calls it
     * @param capture layers to average over; none makes a source without activations
     * @param chunkSize responses made in one call, usually {@link #usualChunkSize}; their means are held in memory until
     *     all are done
     */
    public EngineSource(LanguageModel model, String name, Sampling sampling, ResponseCapture capture, int chunkSize) {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("Expected chunks of at least 1 response, found " + chunkSize);
        }
        this.model = model;
        this.name = new ModelName(model, name);
        this.sampling = sampling;
        this.capture = capture;
        this.chunkSize = chunkSize;
    }

    /** Responses to make in one call of a model. */
    public static int usualChunkSize(LanguageModel model) {
        return CHUNK_OF_LANE * model.lanes();
    }

    @Override
    public SortedMap<String, String> parameters() {
        return name.parameters(sampling);
    }

    @Override
    public boolean supportsSystemMessages() {
        return model.chatFormat().template().rendersSystem();
    }

    @Override
    public Optional<CaptureSetup> capture() {
        return capture.isEmpty() ? Optional.empty() : Optional.of(name.setup(capture, Compat.NONE));
    }

    @Override
    public int chunkSize() {
        return chunkSize;
    }

    /** One: the engine batches within a call. */
    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
        Map<String, Rollout> finished = new HashMap<>();
        try {
            model.generate(
                    chunk,
                    sampling,
                    HookPlan.empty(),
                    capture,
                    rollout -> finished.put(rollout.request().id(), rollout));
        } catch (CancellationException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while generating");
            }
            throw e;
        }
        List<Reply> replies = new ArrayList<>();
        for (RolloutRequest request : chunk) {
            Rollout rollout = finished.get(request.id());
            if (rollout == null) {
                throw new IllegalStateException("The engine gave no response to " + request.id());
            }
            replies.add(new Reply.Answered(rollout));
        }
        return replies;
    }
}
