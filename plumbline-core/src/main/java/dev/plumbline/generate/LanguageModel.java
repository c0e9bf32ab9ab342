package dev.plumbline.generate;

import com.google.errorprone.annotations.MustBeClosed;
import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.MeanPool;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.hub.HubRepo;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.model.Segment;
import dev.plumbline.model.family.Families;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.tensor.TensorScope;
import dev.plumbline.tensor.Threads;
import dev.plumbline.text.ChatFormat;
import dev.plumbline.text.RenderedConversation;
import dev.plumbline.text.Thinking;
import dev.plumbline.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model with its tokenizer, ready to read and to write. Calls may come from several threads at once; each keeps its
 * own keys and values. A call that computes in several {@linkplain LoadOptions#lanes lanes} has other threads compute for
 * it; they call the recorders of plans one at a time, and everything else that the call was given is called by its own
 * thread. Closing frees the weights, and must wait until no call is running.
 */
public final class LanguageModel implements AutoCloseable {

    private final Checkpoint checkpoint;
    private final Weights weights;
    private final Decoder decoder;
    private final BatchLimits limits;
    private final int lanes;
    private final LinearWeight.Layout layout;
    private final Thinking thinking;
    private @Nullable ChatFormat chatFormat;

    private LanguageModel(Checkpoint checkpoint, Weights weights, Decoder decoder, LoadOptions options) {
        this.checkpoint = checkpoint;
        this.weights = weights;
        this.decoder = decoder;
        this.limits = options.limits().ofEach(options.lanes());
        this.lanes = options.lanes();
        this.layout = options.layout();
        this.thinking = options.thinking();
    }

    /**
     * Loads a checkpoint directory as the Hugging Face hub lays it out.
     *
     * @throws dev.plumbline.checkpoint.MalformedCheckpointException if a file is missing or damaged
     * @throws dev.plumbline.model.UnsupportedModelException if the model would be computed wrongly
     */
    public static LanguageModel load(Path directory, LoadOptions options) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        Families.config(checkpoint); // refuses before anything native is loaded
        if (options.threads() > 0) {
            Threads.set(options.threads());
        }
        Device device = options.device();
        DType stored = checkpoint.tensors().values().stream()
                .map(tensor -> tensor.dtype())
                .filter(DType::isFloatingPoint)
                .findFirst()
                .orElse(DType.F32);
        Weights weights = checkpoint.weights(options.dtype(stored, device), device, options.layout());
        try {
            Decoder decoder = Families.decoder(checkpoint, weights);
            weights.seal();
            return new LanguageModel(checkpoint, weights, decoder, options);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    public ModelConfig config() {
        return decoder.config();
    }

    /** Most tokens of one sequence that the checkpoint declares itself fit for. */
    public int contextLength() {
        return config().longestSequence();
    }

    /** The network itself, for callers that run tokens through it in a way of their own. */
    public Decoder decoder() {
        return decoder;
    }

    /** Element type of weights and activations. */
    public DType dtype() {
        return decoder.dtype();
    }

    public Device device() {
        return decoder.device();
    }

    /** How it was asked to lay out its weights. */
    public LinearWeight.Layout layout() {
        return layout;
    }

    /** Batches that a call computes side by side. */
    public int lanes() {
        return lanes;
    }

    /** The directory and headers the model was loaded from, with its {@link Checkpoint#identity() identity}. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The model of the Hub, as {@code organisation/name@commit}, if the checkpoint is a snapshot in the Hub's cache. */
    public Optional<String> source() {
        return HubRepo.ofSnapshot(checkpoint().directory()).map(HubRepo::toString);
    }

    /**
     * The checkpoint's chat template and tokenizer, loaded when first asked for: a model can be run on token ids without
     * them.
     *
     * @throws dev.plumbline.text.TextFileException if the checkpoint has none, or they are malformed
     */
    public synchronized ChatFormat chatFormat() {
        if (chatFormat == null) {
            chatFormat = ChatFormat.load(checkpoint.directory()).withThinking(thinking);
        }
        return chatFormat;
    }

    /** The tokenizer of {@link #chatFormat()}. */
    public Tokenizer tokenizer() {
        return chatFormat().tokenizer();
    }

    /**
     * Samples responses, all under one plan.
     *
     * @see #generate(List, Sampling, Function, ResponseCapture, Consumer)
     */
    public void generate(
            List<RolloutRequest> requests,
            Sampling sampling,
            HookPlan plan,
            ResponseCapture capture,
            Consumer<Rollout> onFinished) {
        generate(requests, sampling, request -> plan, capture, onFinished);
    }

    /**
     * Samples responses to conversations.
     *
     * @param plan what is seen and changed in each; requests that share a plan object are hooked together, which is faster
     * @param capture layers to average over each response, edits included; see {@link Rollout#responseMean}
     * @param onFinished receives rollouts in the order in which they finish, on this thread
     * @throws java.util.concurrent.CancellationException if the thread is interrupted between two tokens; it stays
     *     interrupted
     */
    public void generate(
            List<RolloutRequest> requests,
            Sampling sampling,
            Function<RolloutRequest, HookPlan> plan,
            ResponseCapture capture,
            Consumer<Rollout> onFinished) {
        ResponseReader reader = new ResponseReader(decoder, chatFormat(), capture);
        List<RenderedConversation> prompts = requests.stream()
                .map(request -> chatFormat().prompt(request.prompt()))
                .toList();
        List<GenerationRequest> inTokens = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            inTokens.add(new GenerationRequest(
                    TokenSequence.of(prompts.get(i)),
                    chatFormat().stopTokens(),
                    requests.get(i).seed(),
                    plan.apply(requests.get(i))));
        }
        List<GenerationRequest> shared = forLanes(inTokens);
        compute(shared, sampling, capture, TokenListener.NONE, generation -> {
            int i = generation.index();
            onFinished.accept(reader.rollout(requests.get(i), shared.get(i), generation));
        });
    }

    /**
     * Samples one response, and hands on its text while it is made.
     *
     * @param onText receives the text piece by piece, at most one piece a token, on this thread
     * @see #generate(List, Sampling, Function, ResponseCapture, Consumer)
     */
    public Rollout stream(
            RolloutRequest request,
            Sampling sampling,
            HookPlan plan,
            ResponseCapture capture,
            Consumer<String> onText) {
        GenerationRequest inTokens = new GenerationRequest(
                TokenSequence.of(chatFormat().prompt(request.prompt())),
                chatFormat().stopTokens(),
                request.seed(),
                plan);
        TextStream text = new TextStream(tokenizer(), onText);
        List<Generation> generated = new ArrayList<>();
        continueTokens(List.of(inTokens), sampling, capture, (index, token) -> text.add(token), generated::add);
        text.end();
        return new ResponseReader(decoder, chatFormat(), capture).rollout(request, inTokens, generated.get(0));
    }

    /** An empty pool of this model's width, on its device, for so many sequences; its owner closes it. */
    @MustBeClosed
    public MeanPool pool(ResponseCapture capture, int sequences) {
        return new MeanPool(capture.sites(), sequences, config().dModel(), device());
    }

    /**
     * Runs given sequences through the model for what a plan records, as far as the last layer that it touches. Sequences
     * are numbered by their place in the list; they are packed into passes within the token budget, without padding, and
     * a beginning that several share is computed once as far as no hook touches it.
     */
    public void read(List<TokenSequence> sequences, HookPlan plan) {
        List<Lanes.Range> parts =
                Lanes.split(sequences.stream().mapToInt(TokenSequence::length).toArray(), lanes);
        HookPlan shared = parts.size() > 1 ? plan.oneAtATime() : plan;
        Lanes.run(parts.stream()
                .<Lanes.Part>map(part -> caller -> new BatchReader(
                                decoder, limits, sequences.subList(part.from(), part.to()), part.from(), shared)
                        .read())
                .toList());
    }

    /** Logits {@code [T, V]} in fp32 of the token after each token of a sequence. */
    public TensorData logits(TokenSequence sequence, HookPlan plan) {
        try (TensorScope scope = TensorScope.open()) {
            return decoder.forward(List.of(segment(0, sequence, plan)), Optional.empty(), Goal.ALL_LOGITS)
                    .orElseThrow()
                    .toData();
        }
    }

    private static Segment segment(int number, TokenSequence sequence, HookPlan plan) {
        int[] ids = sequence.ids();
        return new Segment(ids, 0, new TokenRun(number, sequence.layout(), 0, ids.length, plan));
    }

    /**
     * Continues prompts given in tokens.
     *
     * @param onFinished receives results in the order in which they finish, on this thread
     * @throws java.util.concurrent.CancellationException if the thread is interrupted between two tokens
     */
    public void continueTokens(
            List<GenerationRequest> requests,
            Sampling sampling,
            ResponseCapture capture,
            Consumer<Generation> onFinished) {
        continueTokens(requests, sampling, capture, TokenListener.NONE, onFinished);
    }

    /**
     * Continues prompts given in tokens, and shows every token as it is sampled.
     *
     * @see #continueTokens(List, Sampling, ResponseCapture, Consumer)
     */
    public void continueTokens(
            List<GenerationRequest> requests,
            Sampling sampling,
            ResponseCapture capture,
            TokenListener onToken,
            Consumer<Generation> onFinished) {
        compute(forLanes(requests), sampling, capture, onToken, onFinished);
    }

    private void compute(
            List<GenerationRequest> requests,
            Sampling sampling,
            ResponseCapture capture,
            TokenListener onToken,
            Consumer<Generation> onFinished) {
        List<Lanes.Range> parts = Lanes.split(
                requests.stream().mapToInt(request -> request.prompt().length()).toArray(), lanes);
        Lanes.run(parts.stream()
                .<Lanes.Part>map(part -> caller -> {
                    try (ContinuousBatch batch = new ContinuousBatch(
                            decoder,
                            limits,
                            requests.subList(part.from(), part.to()),
                            part.from(),
                            sampling,
                            capture)) {
                        batch.run(
                                onToken == TokenListener.NONE
                                        ? onToken
                                        : (index, token) -> caller.execute(() -> onToken.sampled(index, token)),
                                generation -> caller.execute(() -> onFinished.accept(generation)));
                    }
                })
                .toList());
    }

    /** The same requests, with plans for several threads if there will be some; those that shared one still do. */
    private List<GenerationRequest> forLanes(List<GenerationRequest> requests) {
        if (Math.min(lanes, requests.size()) < 2) {
            return requests;
        }
        Map<HookPlan, HookPlan> plans = new HashMap<>();
        return requests.stream()
                .map(request -> new GenerationRequest(
                        request.prompt(),
                        request.stopIds(),
                        request.seed(),
                        plans.computeIfAbsent(request.plan(), HookPlan::oneAtATime)))
                .toList();
    }

    @Override
    public void close() {
        weights.close();
    }
}
