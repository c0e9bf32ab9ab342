package dev.plumbline.generate;

import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.MeanPool;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.Segment;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.ChatFormat;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.RenderedConversation;
import dev.plumbline.text.Speaker;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns generated tokens into a rollout. The mean that was pooled while generating is the mean of reading the finished
 * conversation only if that has the same tokens. Mostly it has; but text can be tokenised in another way than it was
 * sampled, and templates trim messages. Then the conversation is read again, so that a mean never depends on which
 * way it was got.
 */
final class ResponseReader {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseReader.class);

    private final Decoder decoder;
    private final ChatFormat format;
    private final ResponseCapture capture;

    ResponseReader(Decoder decoder, ChatFormat format, ResponseCapture capture) {
        this.decoder = decoder;
        this.format = format;
        this.capture = capture;
    }

    Rollout rollout(RolloutRequest request, GenerationRequest inTokens, Generation generation) {
        String text = format.tokenizer().decode(generation.ids(), true);
        Optional<TensorData> mean = Optional.empty();
        if (!capture.isEmpty() && generation.ids().length > 0) {
            Conversation conversation = request.prompt().with(Message.assistant(text));
            RenderedConversation finished = format.render(conversation);
            int[] content = lastTurn(conversation, finished);
            if (isAsGenerated(finished, content, inTokens.prompt(), generation)) {
                mean = generation.mean();
            } else if (content.length > 0) {
                LOG.debug("Response {} has other tokens when read than when sampled: read again", request.id());
                mean = read(finished, content, inTokens.plan());
            }
        }
        return new Rollout(request, text, generation.ids().length, generation.finish(), mean);
    }

    /** Positions of the last message's content. */
    private static int[] lastTurn(Conversation conversation, RenderedConversation rendered) {
        long turns = conversation.messages().stream()
                .filter(message -> message.speaker() != Speaker.SYSTEM)
                .count();
        return rendered.spans().stream()
                .filter(span -> span.turn() == turns - 1)
                .flatMapToInt(span -> IntStream.range(span.start(), span.end()))
                .toArray();
    }

    private static boolean isAsGenerated(
            RenderedConversation finished, int[] content, TokenSequence prompt, Generation generation) {
        int end = prompt.length() + generation.ids().length;
        int[] generated = IntStream.concat(Arrays.stream(prompt.ids()), Arrays.stream(generation.ids()))
                .toArray();
        return Arrays.equals(content, IntStream.range(prompt.length(), end).toArray())
                && finished.ids().length >= end
                && Arrays.equals(Arrays.copyOf(finished.ids(), end), generated);
    }

    /** The mean over the content, which the plan takes for generated. */
    private Optional<TensorData> read(RenderedConversation finished, int[] content, HookPlan plan) {
        int[] ids = Arrays.copyOf(finished.ids(), content[content.length - 1] + 1);
        Positions inContent = (layout, position) -> Arrays.binarySearch(content, position) >= 0;
        try (MeanPool pool = new MeanPool(capture.sites(), 1, decoder.config().dModel(), decoder.device())) {
            TokenRun run = new TokenRun(
                    0, SequenceLayout.prompt(content[0]), 0, ids.length, plan.record(capture.sites(), inContent, pool));
            decoder.forward(List.of(new Segment(ids, 0, run)), Optional.empty(), Goal.HOOKS);
            return pool.mean(0);
        }
    }
}
