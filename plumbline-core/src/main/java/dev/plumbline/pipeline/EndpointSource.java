package dev.plumbline.pipeline;

import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.ChatReply;
import dev.plumbline.endpoint.ChatRequest;
import dev.plumbline.endpoint.EndpointException;
import dev.plumbline.generate.FinishReason;
import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.generate.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Responses from an OpenAI-compatible endpoint, each kept as soon as it is there. Seeds are sent; whether the server
 * honours them is its own affair. There are no activations.
 */
public final class EndpointSource implements ResponseSource {

    private final ChatEndpoint endpoint;
    private final String model;
    private final Sampling sampling;

    /**
     * @param model the server's name for the model
     * @param sampling without top-k, which the protocol does not know
     */
    public EndpointSource(ChatEndpoint endpoint, String model, Sampling sampling) {
        if (sampling.topK() != 0) {
            throw new IllegalArgumentException(
                    "Chat completions know no top-k; found top-k " + sampling.topK() + ", expected 0");
        }
        this.endpoint = endpoint;
        this.model = model;
        this.sampling = sampling;
    }

    @Override
    public SortedMap<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("endpoint", endpoint.settings().base().toString());
        parameters.put("model", model);
        parameters.put("temperature", Double.toString(sampling.temperature()));
        parameters.put("top p", Double.toString(sampling.topP()));
        parameters.put("max tokens", Integer.toString(sampling.maxTokens()));
        return parameters;
    }

    /** Servers fold a system message into the prompt themselves where a template has no place for it. */
    @Override
    public boolean supportsSystemMessages() {
        return true;
    }

    @Override
    public Optional<CaptureSetup> capture() {
        return Optional.empty();
    }

    /** One, so that no response waits for another. */
    @Override
    public int chunkSize() {
        return 1;
    }

    @Override
    public int parallelism() {
        return endpoint.settings().concurrency();
    }

    @Override
    public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
        List<Reply> replies = new ArrayList<>();
        for (RolloutRequest request : chunk) {
            replies.add(respond(request));
        }
        return replies;
    }

    private Reply respond(RolloutRequest request) throws InterruptedException {
        try {
            ChatReply reply = endpoint.complete(new ChatRequest(
                    model,
                    request.prompt(),
                    sampling.temperature(),
                    sampling.topP(),
                    sampling.maxTokens(),
                    OptionalLong.of(seed(request))));
            return switch (reply.ending()) {
                case DECLINED -> new Reply.Declined(reply.text().isBlank() ? "content filter" : reply.text());
                case LENGTH -> answered(request, reply, FinishReason.LENGTH);
                case STOP -> answered(request, reply, FinishReason.STOP);
            };
        } catch (EndpointException e) {
            return new Reply.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static Reply answered(RolloutRequest request, ChatReply reply, FinishReason finish) {
        int tokens = Math.toIntExact(reply.usage().completionTokens());
        return new Reply.Answered(new Rollout(request, reply.text(), tokens, finish, Optional.empty()));
    }

    /** Many servers take seeds of 31 bits only. */
    private static long seed(RolloutRequest request) {
        return request.seed() & Integer.MAX_VALUE;
    }
}
