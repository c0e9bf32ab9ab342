package dev.plumbline.judge;

import dev.plumbline.endpoint.ChatEndpoint;
import dev.plumbline.endpoint.ChatReply;
import dev.plumbline.endpoint.ChatRequest;
import dev.plumbline.endpoint.EndpointException;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A language model as judge, by an OpenAI-compatible endpoint. It is asked greedily and for few tokens; a reply without a
 * score is answered with a reminder, a bounded number of times.
 */
public final class LlmJudge implements Judge {

    /** Enough for a score; a judge that thinks aloud first needs more. */
    public static final int USUAL_MAX_TOKENS = 16;

    private static final int REMINDERS = 2;
    private static final int CLIP = 200;

    private final ChatEndpoint endpoint;
    private final String model;
    private final ScoreScale scale;
    private final int maxTokens;
    private final ScoreParser parser;

    /**
     * @param endpoint the server; its limits bound all judging
     * @param model the server's name for the model
     * @param scale what the rubrics to come can give
     * @param maxTokens most tokens of one reply, usually {@link #USUAL_MAX_TOKENS}
     */
    public LlmJudge(ChatEndpoint endpoint, String model, ScoreScale scale, int maxTokens) {
        this.endpoint = endpoint;
        this.model = model;
        this.scale = scale;
        this.maxTokens = maxTokens;
        this.parser = new ScoreParser(scale);
    }

    @Override
    public String name() {
        return model;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CancellationException if the thread was interrupted; its interrupt flag is then set
     */
    @Override
    public Verdict judge(JudgeRequest request) {
        String prompt = new Rubric(request.rubric()).fill(request.question(), request.answer());
        Conversation conversation = Conversation.of(Message.user(prompt));
        String reply = "";
        for (int asked = 0; asked <= REMINDERS; asked++) {
            reply = ask(conversation);
            Optional<Verdict> verdict = parser.parse(reply);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            conversation = conversation.with(Message.assistant(reply)).with(Message.user(reminder()));
        }
        return new Verdict.Unparseable(reply.length() <= CLIP ? reply : reply.substring(0, CLIP) + "…");
    }

    private String reminder() {
        return "Reply with one whole number from " + scale.min() + " to " + scale.max()
                + (scale.refusals() ? ", or REFUSAL," : "") + " and nothing else.";
    }

    private String ask(Conversation conversation) {
        try {
            ChatReply reply = endpoint.complete(ChatRequest.greedy(model, conversation, maxTokens));
            return reply.text();
        } catch (EndpointException e) {
            throw new JudgeException("Judge " + model + " at " + e.getMessage(), e.retriable(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while the judge " + model + " was asked");
        }
    }
}
