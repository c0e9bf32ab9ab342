package dev.plumbline.pipeline;

import dev.plumbline.capture.ResponseMeans;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.RenderedConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conversations that came from elsewhere with the engine in this process. */
public final class EngineActivations implements ActivationSource {

    private static final int CHUNK = 64;

    private final LanguageModel model;
    private final ResponseCapture capture;

    /** @param capture layers to average over each response, at least one */
    public EngineActivations(LanguageModel model, ResponseCapture capture) {
        this.model = model;
        this.capture = capture;
    }

    @Override
    public CaptureSetup setup() {
        return EngineSetup.of(model, capture);
    }

    @Override
    public int chunkSize() {
        return CHUNK;
    }

    @Override
    public List<Reading> read(List<Conversation> conversations) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while reading responses");
        }
        List<RenderedConversation> rendered =
                conversations.stream().map(model.chatFormat()::render).toList();
        List<Reading> readings = new ArrayList<>();
        for (Optional<TensorData> mean : ResponseMeans.of(model, rendered, capture)) {
            readings.add(mean.<Reading>map(Reading.Mean::new)
                    .orElseGet(() -> new Reading.Lost(
                            LossKind.NO_ACTIVATION, "the response has no tokens of its own when it is read")));
        }
        return readings;
    }
}
