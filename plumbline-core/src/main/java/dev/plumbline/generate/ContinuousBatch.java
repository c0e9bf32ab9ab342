package dev.plumbline.generate;

import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.MeanPool;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Recorder;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.KvCache;
import dev.plumbline.model.Segment;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Generates for many prompts at once. Every forward pass takes one token of each running sequence together with as many
 * new prompts as there are free slots and the token budget allows, so a finished sequence's place is taken at once.
 */
final class ContinuousBatch implements AutoCloseable {

    private final Decoder decoder;
    private final Sampling sampling;
    private final Sampler sampler;
    private final BatchLimits limits;
    private final List<GenerationRequest> requests;
    private final int first;
    private final KvCache cache;
    private final Optional<MeanPool> pool;
    private final Map<HookPlan, HookPlan> capturingPlans = new HashMap<>();
    private final ResponseCapture capture;
    /** The sequence in each slot of the cache. */
    private final @Nullable Running[] slots;

    /** The slot that a request was given first; its sums stay there when the sequence moves. */
    private final int[] poolRowOfRequest;

    private final Beginnings beginnings;

    private int admitted;

    /** @param first number of the first request */
    ContinuousBatch(
            Decoder decoder,
            BatchLimits limits,
            List<GenerationRequest> requests,
            int first,
            Sampling sampling,
            ResponseCapture capture) {
        this.decoder = decoder;
        this.sampling = sampling;
        this.sampler = new Sampler(
                sampling,
                decoder.dtype() == DType.BF16 && decoder.config().logits().keepsSixteenBits());
        this.limits = limits;
        this.requests = List.copyOf(requests);
        this.first = first;
        this.capture = capture;
        int longest = 0;
        for (int i = 0; i < requests.size(); i++) {
            longest = Math.max(longest, requests.get(i).prompt().length() + maxTokens(i));
        }
        int width = width(longest);
        this.slots = new Running[width];
        this.beginnings = new Beginnings(decoder.config(), width);
        this.poolRowOfRequest = new int[requests.size()];
        this.cache = new KvCache(decoder.config(), width, longest, decoder.dtype(), decoder.device());
        this.pool = capture.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new MeanPool(capture.sites(), width, decoder.config().dModel(), decoder.device()));
    }

    /** As many sequences as the limits allow if all were as long as the longest. */
    private int width(int longest) {
        long perSequence = Math.max(1, longest * KvCache.bytesPerToken(decoder.config(), decoder.dtype()));
        long fitting = Math.max(1, limits.cacheBytes() / perSequence);
        return (int) Math.max(1, Math.min(Math.min(fitting, limits.sequences()), requests.size()));
    }

    /** Tokens that a request may generate before it reaches its own limit or the end of the model's context. */
    private int maxTokens(int request) {
        int length = requests.get(request).prompt().length();
        int longest = decoder.config().longestContinuation(length);
        if (longest - length < 1) {
            throw new IllegalArgumentException("Prompt " + (first + request) + " has " + length
                    + " tokens; the model's context of " + longest + " leaves no room for a response");
        }
        return Math.min(longest - length, sampling.maxTokens());
    }

    /** A sequence that occupies a slot. */
    private final class Running {
        private final int request;
        private final HookPlan plan;
        private final int[] generated;
        private int count;
        private int fed;
        private boolean stopped;

        Running(int request, int shared) {
            this.request = request;
            this.fed = shared;
            this.plan = plan(requests.get(request).plan());
            this.generated = new int[maxTokens(request)];
        }

        /** The tokens to feed next: the prompt, or the token sampled last. */
        Segment next(int slot) {
            TokenSequence prompt = requests.get(request).prompt();
            int[] ids = fed < prompt.length()
                    ? Arrays.copyOfRange(prompt.ids(), fed, prompt.length())
                    : new int[] {generated[count - 1]};
            return new Segment(ids, slot, new TokenRun(first + request, prompt.layout(), fed, ids.length, plan));
        }

        /** Length of the sequence after the next pass. */
        int end() {
            return Math.max(requests.get(request).prompt().length(), fed + 1);
        }

        /** Whether all tokens have been sampled, and only the last one's activation is awaited. */
        boolean isComplete() {
            return stopped || count == generated.length;
        }

        void accept(int token, TokenListener onToken) {
            if (requests.get(request).stopIds().contains(token)) {
                stopped = true;
            } else {
                generated[count++] = token;
                onToken.sampled(first + request, token);
            }
        }

        /** Whether nothing is left to do, given that activations are wanted or not. */
        boolean isFinished() {
            boolean allFed = fed == requests.get(request).prompt().length() + count;
            return isComplete() && (stopped || pool.isEmpty() || allFed);
        }

        Sampler.Draw draw() {
            return new Sampler.Draw(requests.get(request).seed(), count);
        }

        Generation result() {
            return new Generation(
                    first + request,
                    Arrays.copyOf(generated, count),
                    stopped ? FinishReason.STOP : FinishReason.LENGTH,
                    pool.flatMap(p -> p.mean(poolRowOfRequest[request])));
        }
    }

    /** The plan with capture at its end; the same object for the same plan, so that sequences are hooked together. */
    private HookPlan plan(HookPlan own) {
        return pool.map(p -> capturingPlans.computeIfAbsent(own, plan -> {
                    Recorder byRow = rows -> p.begin(rows.renumbered(number -> poolRowOfRequest[number - first]));
                    return plan.record(capture.sites(), Positions.GENERATED, byRow);
                }))
                .orElse(own);
    }

    /**
     * Generates until every request is finished.
     *
     * @param onToken sees every token as it is sampled
     * @param onFinished receives results in the order in which they finish, on this thread
     * @throws CancellationException if the thread is interrupted; it stays interrupted
     */
    void run(TokenListener onToken, Consumer<Generation> onFinished) {
        int finished = 0;
        while (finished < requests.size()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException(
                        "Generation was interrupted after " + finished + " of " + requests.size() + " responses");
            }
            admit();
            compact();
            step(onToken);
            finished += release(onFinished);
        }
    }

    /**
     * Gives free slots to waiting prompts. A prompt that begins like one that a slot holds takes over its keys and values; one
     * that begins like a prompt that is computed in this very step waits for the next step.
     */
    private void admit() {
        int tokens = 0;
        List<Integer> added = new ArrayList<>();
        for (int slot = 0; slot < slots.length && admitted < requests.size(); slot++) {
            if (slots[slot] == null) {
                Beginnings.Donor donor = beginnings.bestFor(requests.get(admitted));
                if (donor.shared() > 0 && added.contains(donor.slot())) {
                    return;
                }
                int own = requests.get(admitted).prompt().length() - donor.shared();
                tokens += own;
                if (tokens > limits.promptTokens() && tokens > own) {
                    return;
                }
                cache.share(donor.slot(), slot, donor.shared());
                beginnings.put(slot, requests.get(admitted));
                added.add(slot);
                poolRowOfRequest[admitted] = slot;
                slots[slot] = new Running(admitted++, donor.shared());
            }
        }
    }

    /**
     * Attention reads the cache up to the last slot in use, and of each slot all the room that it has. Room is given back when
     * half of it would do. Once nobody waits, the last sequences are moved into free slots, as soon as a quarter of what is read
     * would be read in vain: moving costs a copy.
     */
    private void compact() {
        int longest = Arrays.stream(slots)
                .filter(Objects::nonNull)
                .mapToInt(Running::end)
                .max()
                .orElse(0);
        if (cache.shrink(longest)) {
            beginnings.cut(cache.room());
        }
        int busy = (int) Arrays.stream(slots).filter(Objects::nonNull).count();
        int last = slots.length - 1;
        while (last >= 0 && slots[last] == null) {
            last--;
        }
        if (admitted < requests.size() || 4 * busy > 3 * (last + 1)) {
            return;
        }
        for (int free = 0; free < busy; free++) {
            if (slots[free] == null) {
                while (slots[last] == null) {
                    last--;
                }
                cache.move(last, free);
                beginnings.move(last, free);
                slots[free] = slots[last];
                slots[last] = null;
            }
        }
    }

    private void step(TokenListener onToken) {
        List<Segment> segments = new ArrayList<>();
        List<Running> members = new ArrayList<>();
        for (int slot = 0; slot < slots.length; slot++) {
            Running sequence = slots[slot];
            if (sequence != null) {
                segments.add(sequence.next(slot));
                members.add(sequence);
            }
        }
        boolean anyoneSamples = members.stream().anyMatch(member -> !member.isComplete());
        try (TensorScope scope = TensorScope.open()) {
            Optional<Tensor> logits =
                    decoder.forward(segments, Optional.of(cache), anyoneSamples ? Goal.NEXT_TOKEN : Goal.HOOKS);
            int[] tokens = logits.map(l -> sampler.sample(
                            l, members.stream().map(Running::draw).toArray(Sampler.Draw[]::new)))
                    .orElseGet(() -> new int[0]);
            for (int i = 0; i < members.size(); i++) {
                Running member = members.get(i);
                member.fed += segments.get(i).ids().length;
                if (!member.isComplete()) {
                    member.accept(tokens[i], onToken);
                }
            }
        }
    }

    private int release(Consumer<Generation> onFinished) {
        int finished = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            Running sequence = slots[slot];
            if (sequence != null && sequence.isFinished()) {
                Generation result = sequence.result();
                slots[slot] = null;
                cache.clear(slot);
                pool.ifPresent(p -> p.reset(poolRowOfRequest[result.index() - first]));
                finished++;
                onFinished.accept(result);
            }
        }
        return finished;
    }

    @Override
    public void close() {
        cache.close();
        pool.ifPresent(MeanPool::close);
    }
}
