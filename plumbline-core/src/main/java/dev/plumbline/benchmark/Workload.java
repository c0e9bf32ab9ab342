package dev.plumbline.benchmark;

import dev.plumbline.generate.BatchLimits;
import dev.plumbline.generate.GenerationRequest;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Sampling;
import dev.plumbline.generate.TokenSequence;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.MeanPool;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Segment;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One thing to measure.
 *
 * @param task what is computed
 * @param tokens tokens of each sequence: of the prompt, or generated
 * @param batch sequences
 * @param load what hooks do meanwhile
 */
public record Workload(Task task, int tokens, int batch, HookLoad load) {

    /** What is computed. */
    public enum Task {
        /** Prompts read through all layers, and the logits of the next token. */
        PREFILL("pp"),
        /** Tokens sampled one after another, each sequence from a prompt of one token. */
        DECODE("tg"),
        /** Given sequences read for what is recorded, as far as the last layer that it touches. */
        EXTRACT("ex");

        private final String symbol;

        Task(String symbol) {
            this.symbol = symbol;
        }

        /** Two letters, as benchmarks of this kind have them. */
        public String symbol() {
            return symbol;
        }
    }

    public Workload {
        if (tokens < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "Expected at least 1 token and 1 sequence; found " + tokens + " and " + batch);
        }
    }

    /** Such as {@code pp512}. */
    public String name() {
        return task.symbol() + tokens;
    }

    /** Tokens that one run computes. */
    long totalTokens() {
        return (long) tokens * batch;
    }

    /** Makes everything that is not to be timed. */
    Runnable prepare(LanguageModel model, Sampling sampling) {
        HookPlan plan = load.plan(model.config(), model.device());
        ResponseCapture capture = load.capture(model.config());
        return switch (task) {
            case PREFILL -> prefill(model, plan, capture);
            case EXTRACT -> extract(model, plan, capture);
            case DECODE -> decode(model, plan, capture, sampling);
        };
    }

    private Runnable prefill(LanguageModel model, HookPlan plan, ResponseCapture capture) {
        List<TokenSequence> prompts = sequences(model, tokens);
        int together = Math.max(1, BatchLimits.DEFAULT.promptTokens() / tokens);
        return () -> {
            try (MeanPool pool = model.pool(capture, batch)) {
                HookPlan recorded = recorded(plan, capture, pool);
                for (int from = 0; from < batch; from += together) {
                    List<Segment> pass = new ArrayList<>();
                    for (int i = from; i < Math.min(batch, from + together); i++) {
                        TokenSequence prompt = prompts.get(i);
                        pass.add(new Segment(prompt.ids(), 0, new TokenRun(i, prompt.layout(), 0, tokens, recorded)));
                    }
                    try (TensorScope scope = TensorScope.open()) {
                        Tensor logits = model.decoder()
                                .forward(pass, Optional.empty(), Decoder.Goal.NEXT_TOKEN)
                                .orElseThrow();
                        logits.select(0, 0).select(0, 0).item(); // waits for a device that computes on its own
                    }
                }
            }
        };
    }

    private Runnable extract(LanguageModel model, HookPlan plan, ResponseCapture capture) {
        List<TokenSequence> sequences = sequences(model, tokens);
        return () -> {
            try (MeanPool pool = model.pool(capture, batch)) {
                model.read(sequences, recorded(plan, capture, pool));
                for (int i = 0; i < batch; i++) {
                    pool.mean(i).orElseThrow().numel();
                }
            }
        };
    }

    /** Means are pooled over all tokens but the last, so that every load takes the same number of passes. */
    private Runnable decode(LanguageModel model, HookPlan plan, ResponseCapture capture, Sampling sampling) {
        Sampling length = new Sampling(sampling.temperature(), sampling.topP(), sampling.topK(), tokens);
        List<TokenSequence> prompts = sequences(model, 1);
        return () -> {
            try (MeanPool pool = model.pool(capture, batch)) {
                HookPlan recorded = recorded(plan, capture, pool);
                List<GenerationRequest> requests = IntStream.range(0, batch)
                        .mapToObj(i -> new GenerationRequest(prompts.get(i), Set.of(), i, recorded))
                        .toList();
                model.continueTokens(requests, length, ResponseCapture.none(), generation -> {});
            }
        };
    }

    private static HookPlan recorded(HookPlan plan, ResponseCapture capture, MeanPool pool) {
        return capture.isEmpty() ? plan : plan.record(capture.sites(), Positions.ALL, pool);
    }

    private List<TokenSequence> sequences(LanguageModel model, int length) {
        Random random = new Random(tokens);
        int vocabSize = model.config().vocabSize();
        return IntStream.range(0, batch)
                .mapToObj(
                        i -> TokenSequence.of(random.ints(length, 0, vocabSize).toArray()))
                .toList();
    }
}
