package dev.plumbline.nano.eval;

import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import java.util.List;

/** Whatever can continue conversations: the one thing that an evaluation needs from an engine. */
@FunctionalInterface
public interface Responder {

    /**
     * One response.
     *
     * @param text what was said
     * @param responseMean mean activation over the response's tokens at {@code RESID_POST}, fp32 {@code [L, D]}; zeros
     *     where the response has no tokens
     */
    record Response(String text, TensorData responseMean) {}

    /** One response to each conversation, in order. Seed {@code i} fixes response {@code i}. */
    List<Response> respond(List<Conversation> conversations, List<Long> seeds, int maxTokens);
}
