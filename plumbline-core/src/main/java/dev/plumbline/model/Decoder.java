package dev.plumbline.model;

import dev.plumbline.checkpoint.Weights;
import dev.plumbline.hook.HookPass;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * A decoder-only transformer. It owns nothing: its weights belong to the {@link Weights} it was made from, and what a
 * sequence leaves behind belongs to a {@link KvCache}.
 */
public final class Decoder {

    /** What a forward pass is for; no more than that is computed. */
    public enum Goal {
        /**
         * What hooks see: stops after the last layer that any of them touches. The cache is only read, so that any number of
         * segments may continue one slot.
         */
        HOOKS,
        /** A filled cache. */
        CACHE,
        /** Logits of the token after each segment. */
        NEXT_TOKEN,
        /** Logits of the token after every token. */
        ALL_LOGITS
    }

    private final ModelConfig config;
    private final DType dtype;
    private final Device device;
    private final Tensor embedding;
    private final Optional<Tensor> learnedPositions;
    private final Supplier<LinearWeight> output;
    private final Optional<Tensor> outputBias;
    private final Norm finalNorm;
    private final Map<Rotation.Rotary, Rope> ropes = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    /**
     * Takes every weight that the configuration asks for.
     *
     * @throws dev.plumbline.checkpoint.MalformedCheckpointException if one is missing or has another shape
     * @throws UnsupportedModelException if the checkpoint has weights that the computation would not use
     */
    public Decoder(ModelConfig config, WeightNames names, Weights weights) {
        this.config = config;
        this.dtype = weights.dtype();
        this.device = weights.device();
        BlockLoader loader = new BlockLoader(config, names, weights);
        this.embedding = weights.take(names.embedding(), config.vocabSize(), config.dModel());
        this.learnedPositions = config.learnedPositions()
                ? Optional.of(weights.take(names.positions().orElseThrow(), config.maxPositions(), config.dModel()))
                : Optional.empty();
        this.output = weights.takeLinearLater(
                ownOutput(config, names, weights) ? names.output() : names.embedding(),
                config.vocabSize(),
                config.dModel());
        this.outputBias = config.logits().biased()
                ? Optional.of(weights.take(WeightNames.biasOf(names.output()), config.vocabSize()))
                : Optional.empty();
        this.finalNorm = loader.norms().norm(names.finalNorm(), config.dModel());
        for (int layer = 0; layer < config.nLayers(); layer++) {
            blocks.add(loader.block(layer));
            if (config.layers().get(layer).rotation() instanceof Rotation.Rotary rotary) {
                ropes.computeIfAbsent(rotary, Rope::new);
            }
        }
        requireNothingUnused(names, weights);
    }

    /** A stored output projection wins over the claim that it is the embedding: were they equal, nothing would be lost. */
    private static boolean ownOutput(ModelConfig config, WeightNames names, Weights weights) {
        return !config.tiedEmbeddings() || weights.unused().contains(names.output());
    }

    private static void requireNothingUnused(WeightNames names, Weights weights) {
        Set<String> unused = new TreeSet<>(weights.unused());
        unused.removeIf(names::ignores);
        if (!unused.isEmpty()) {
            throw new UnsupportedModelException(
                    "The checkpoint has " + unused.size() + " tensors that config.json gives no use for, such as "
                            + unused.iterator().next());
        }
    }

    public ModelConfig config() {
        return config;
    }

    public DType dtype() {
        return dtype;
    }

    public Device device() {
        return device;
    }

    /**
     * One forward pass over a packed stream.
     *
     * @param segments new tokens of one or more sequences; with a cache each continues where its slot ends
     * @param cache seen keys and values, to which this pass adds its own
     * @throws CancellationException if the thread is interrupted between two layers; it stays interrupted
     * @return logits in fp32, in the caller's scope, if the goal asks for them: {@code [segments, V]} or {@code [T, V]}
     */
    public Optional<Tensor> forward(List<Segment> segments, Optional<KvCache> cache, Goal goal) {
        requireValid(segments, cache);
        try (TensorScope scope = TensorScope.open()) {
            HookPass hooks = new HookPass(segments.stream().map(Segment::run).toList(), device);
            boolean cached = goal != Goal.HOOKS;
            int layers = cached ? config.nLayers() : hooks.lastLayer().orElse(-1) + 1;
            if (layers == 0) {
                return Optional.empty();
            }
            Tensor stream = stream(segments, cache, cached, layers, hooks);
            return logits(stream, segments, goal).map(scope::promote);
        }
    }

    /**
     * Fills a cache for later passes that go no further than some layer; what it has of layers beyond is undefined.
     *
     * @param layers how many, from the first
     */
    public void fill(List<Segment> segments, KvCache cache, int layers) {
        requireValid(segments, Optional.of(cache));
        try (TensorScope scope = TensorScope.open()) {
            HookPass hooks = new HookPass(segments.stream().map(Segment::run).toList(), device);
            stream(segments, Optional.of(cache), true, layers, hooks);
        }
    }

    private Tensor stream(List<Segment> segments, Optional<KvCache> cache, boolean cached, int layers, HookPass hooks) {
        AttentionPass pass = new AttentionPass(config, segments, cache, cached, dtype, device);
        Map<Rotation, Rope.Turn> turns = new HashMap<>();
        ropes.forEach((rotation, rope) -> turns.put(rotation, rope.at(pass.positions(), segments)));
        Tensor embedded = config.embeddingScale().apply(embedding.indexSelect(0, ids(segments)));
        Tensor stream = learnedPositions
                .map(rows -> embedded.add(rows.indexSelect(0, pass.positions())))
                .orElse(embedded);
        for (Block block : blocks.subList(0, layers)) {
            requireNotInterrupted(block.layer());
            Rotation rotation = config.layers().get(block.layer()).rotation();
            stream = advance(block, stream, pass, turns.getOrDefault(rotation, Rope.Turn.NONE), hooks);
        }
        if (cached) {
            cache.ifPresent(c -> segments.forEach(s -> c.append(s.slot(), s.length())));
        }
        return stream;
    }

    /** A pass over a long text takes minutes. */
    private static void requireNotInterrupted(int layer) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("A forward pass was interrupted before layer " + layer);
        }
    }

    /** One block in a scope of its own, so that only the stream is held from layer to layer. */
    private static Tensor advance(Block block, Tensor stream, AttentionPass pass, Rope.Turn turn, HookPass hooks) {
        try (stream;
                TensorScope scope = TensorScope.open()) {
            return scope.promote(block.apply(stream, pass, turn, hooks));
        }
    }

    private Optional<Tensor> logits(Tensor stream, List<Segment> segments, Goal goal) {
        return switch (goal) {
            case HOOKS, CACHE -> Optional.empty();
            case NEXT_TOKEN -> Optional.of(logits(stream.indexSelect(0, lastRows(segments))));
            case ALL_LOGITS -> Optional.of(logits(stream));
        };
    }

    private Tensor logits(Tensor stream) {
        return config.logits()
                .apply(finalNorm.apply(stream).linear(output.get(), outputBias).to(DType.F32));
    }

    private Tensor ids(List<Segment> segments) {
        return Tensor.ofInts(
                segments.stream().flatMapToInt(s -> Arrays.stream(s.ids())).toArray(), device);
    }

    private Tensor lastRows(List<Segment> segments) {
        int[] rows = new int[segments.size()];
        int end = 0;
        for (int i = 0; i < rows.length; i++) {
            end += segments.get(i).length();
            rows[i] = end - 1;
        }
        return Tensor.ofInts(rows, device);
    }

    private void requireValid(List<Segment> segments, Optional<KvCache> cache) {
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("A forward pass needs at least one segment");
        }
        for (Segment segment : segments) {
            for (int id : segment.ids()) {
                if (id < 0 || id >= config.vocabSize()) {
                    throw new IllegalArgumentException(
                            "Token id " + id + " is not in the vocabulary of " + config.vocabSize());
                }
            }
            int longest = segment.start() == 0 ? config.longestSequence() : config.longestContinuation(segment.start());
            if (segment.end() > longest) {
                throw new IllegalArgumentException("A sequence reaches position " + segment.end()
                        + (longest == config.longestSequence()
                                ? "; the model's context has " + longest
                                : "; with cached keys it ends at " + longest + ", where rotations change"));
            }
            int seen = cache.map(c -> c.length(segment.slot())).orElse(0);
            if (segment.start() != seen) {
                throw new IllegalArgumentException("Tokens at position " + segment.start()
                        + " do not continue a sequence of " + seen + " cached tokens");
            }
            segment.run().plan().lastLayer().ifPresent(layer -> {
                if (layer >= config.nLayers()) {
                    throw new IllegalArgumentException(
                            "A hook touches layer " + layer + "; the model has " + config.nLayers() + ", from 0");
                }
            });
        }
    }
}
