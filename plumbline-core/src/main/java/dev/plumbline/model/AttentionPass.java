package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How the packed stream of one forward pass attends, the same for every layer. Segments fall into groups that attend in
 * one call each:
 *
 * <ul>
 *   <li>whole sequences of similar length, padded on the right: since a query sees only what is before it, padding needs
 *       no mask;
 *   <li>single tokens that continue cached sequences, or one such token alone;
 *   <li>longer continuations, one by one;
 *   <li>sequences that branch off a cached one without being cached themselves, padded as whole ones are.
 * </ul>
 */
final class AttentionPass {

    /** A shorter sequence joins a group if it has at least this share of the group's longest. */
    private static final double SIMILAR = 0.75;

    private interface Group {
        /** Indices into the stream that the group's output belongs to. */
        int[] rows();

        /** Attention {@code [rows, H · E]} of the group, from the stream's heads {@code [T, H or K, E]}. */
        Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores);
    }

    private final ModelConfig config;
    private final List<Segment> segments;
    private final int[] offsets;
    private final int tokens;
    private final Optional<KvCache> cache;
    private final Optional<KvCache.Rows> cacheRows;
    private final DType dtype;
    private final Device device;
    /** Type of what the kernel multiplies. */
    private final DType multiplied;

    private final AttentionKernel kernel;
    private final Tensor positions;
    private final Optional<Tensor> queryFactors;
    private final List<Group> groups = new ArrayList<>();
    private final List<Tensor> outputRows = new ArrayList<>();

    /**
     * @param cache seen keys and values
     * @param written whether new ones are added; if not, any number of sequences may continue one slot
     */
    AttentionPass(
            ModelConfig config,
            List<Segment> segments,
            Optional<KvCache> cache,
            boolean written,
            DType dtype,
            Device device) {
        this.config = config;
        this.segments = segments;
        this.offsets = new int[segments.size() + 1];
        for (int i = 0; i < segments.size(); i++) {
            offsets[i + 1] = offsets[i] + segments.get(i).length();
        }
        this.tokens = offsets[segments.size()];
        this.cache = cache;
        this.dtype = dtype;
        this.device = device;
        this.multiplied = device.multiplies(dtype) ? dtype : DType.F32;
        this.kernel = AttentionKernel.of(multiplied, device, config.scores());
        int[] absolute = segments.stream()
                .flatMapToInt(s -> IntStream.range(s.start(), s.end()))
                .toArray();
        this.positions = Tensor.ofInts(absolute, device);
        this.queryFactors = config.scores().growth().map(growth -> factors(growth, absolute));
        this.cacheRows = cache.filter(c -> written).map(c -> rowsIn(c, absolute));
        group();
    }

    /** {@code [T, 1, 1]}. */
    private Tensor factors(AttentionScores.QueryGrowth growth, int[] absolute) {
        float[] factors = new float[absolute.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = growth.at(absolute[i]);
        }
        return Tensor.of(factors, factors.length, 1, 1).to(device).to(dtype);
    }

    private KvCache.Rows rowsIn(KvCache target, int[] absolute) {
        target.ensureRoom(Arrays.stream(absolute).max().orElseThrow() + 1);
        int[] slots = segments.stream()
                .flatMapToInt(s -> IntStream.generate(s::slot).limit(s.length()))
                .toArray();
        return target.rows(slots, absolute);
    }

    private void group() {
        List<Integer> whole = new ArrayList<>();
        List<Integer> single = new ArrayList<>();
        Map<Integer, List<Integer>> branches = new TreeMap<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.start() == 0) {
                whole.add(i);
            } else if (cacheRows.isEmpty()) {
                branches.computeIfAbsent(segment.slot(), slot -> new ArrayList<>())
                        .add(i);
            } else if (segment.length() == 1) {
                single.add(i);
            } else {
                groups.add(new Continuation(i));
            }
        }
        if (single.size() == 1 && kernel.readsParts(keyElements())) {
            groups.add(new Lone(single.get(0)));
        } else if (!single.isEmpty()) {
            groups.add(new Singles(single));
        }
        similar(whole).forEach(members -> groups.add(new Whole(new Padded(members))));
        branches.values()
                .forEach(ofSlot -> similar(ofSlot).forEach(members -> groups.add(new Branches(new Padded(members)))));
        if (!inOrder()) {
            groups.forEach(group -> outputRows.add(Tensor.ofInts(group.rows(), device)));
        }
    }

    /** Most elements that the keys of a sequence have in a layer. */
    private long keyElements() {
        return IntStream.range(0, config.nLayers())
                        .mapToLong(layer -> config.heads(layer).keyWidth())
                        .max()
                        .orElseThrow()
                * requireCache().room();
    }

    /** Segments of similar length together, each in the order of the stream. */
    private List<List<Integer>> similar(List<Integer> members) {
        List<Integer> longestFirst = new ArrayList<>(members);
        longestFirst.sort(Comparator.comparingInt(i -> -segments.get(i).length()));
        List<List<Integer>> result = new ArrayList<>();
        for (int from = 0; from < longestFirst.size(); ) {
            int to = from + 1;
            double shortest = SIMILAR * segments.get(longestFirst.get(from)).length();
            while (to < longestFirst.size()
                    && segments.get(longestFirst.get(to)).length() >= shortest) {
                to++;
            }
            result.add(longestFirst.subList(from, to).stream().sorted().toList());
            from = to;
        }
        return result;
    }

    /** Whether one group is the whole stream, so that its output needs no rearrangement. */
    private boolean inOrder() {
        return groups.size() == 1 && isRange(groups.get(0).rows(), tokens);
    }

    private static boolean isRange(int[] values, int end) {
        return Arrays.equals(values, IntStream.range(0, end).toArray());
    }

    /** Absolute position of every token, {@code [T]}. */
    Tensor positions() {
        return positions;
    }

    /**
     * Attention of one layer; keys and values are stored in the cache, if there is one.
     *
     * @param query {@code [T, H, E]}
     * @param key {@code [T, K, E]}
     * @param value {@code [T, K, E]}
     * @return {@code [T, H · E]}
     */
    Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores) {
        cacheRows.ifPresent(rows -> requireCache().write(layer, rows, key, value));
        Tensor grown = queryFactors
                .filter(factors -> growsIn(config.layers().get(layer)))
                .map(query::mul)
                .orElse(query);
        if (outputRows.isEmpty()) {
            return groups.get(0).attend(layer, grown, key, value, scores);
        }
        Tensor output = Tensor.empty(dtype, device, tokens, config.heads(layer).queryWidth());
        for (int i = 0; i < groups.size(); i++) {
            output.indexCopyInPlace(0, outputRows.get(i), groups.get(i).attend(layer, grown, key, value, scores));
        }
        return output;
    }

    private boolean growsIn(LayerKind layer) {
        return config.scores().growth().filter(growth -> growth.in(layer)).isPresent();
    }

    /** As {@link AttentionKernel#attend}, in the type of the stream. */
    private Tensor attended(Tensor query, Tensor key, Tensor value, AttentionMask mask, HeadScores scores) {
        return kernel.attend(query.to(multiplied), key.to(multiplied), value.to(multiplied), mask, scores)
                .to(dtype);
    }

    private static Tensor flattened(Tensor attended, long tokens) {
        return attended.transpose(1, 2).reshape(tokens, -1);
    }

    /** One mask for each kind of layer that the model has. */
    private <M> Map<AttentionKind, M> perKind(Function<AttentionKind, M> mask) {
        Map<AttentionKind, M> masks = new HashMap<>();
        config.layers().forEach(layer -> masks.computeIfAbsent(layer.attention(), mask));
        return masks;
    }

    private <M> M at(int layer, Map<AttentionKind, M> masks) {
        return Objects.requireNonNull(masks.get(config.layers().get(layer).attention()));
    }

    private Map<AttentionKind, AttentionMask.Additive> cachedMasks(Tensor queries, int keys, DType type) {
        return perKind(kind -> new AttentionMask.Additive(kind, queries, keys, type));
    }

    private KvCache requireCache() {
        return cache.orElseThrow(() -> new IllegalArgumentException("A continued sequence needs a cache"));
    }

    /** New tokens of several sequences as one batch, padded to the longest. */
    private final class Padded {
        private final Segment any;
        private final int count;
        private final int longest;
        private final int[] rows;
        private final Optional<Tensor> padded;
        private final Optional<Tensor> unpadded;
        private final int first;

        Padded(List<Integer> members) {
            any = segments.get(members.get(0));
            count = members.size();
            longest = members.stream()
                    .mapToInt(i -> segments.get(i).length())
                    .max()
                    .orElseThrow();
            rows = members.stream()
                    .flatMapToInt(i -> IntStream.range(offsets[i], offsets[i + 1]))
                    .toArray();
            first = rows[0];
            boolean even = rows.length == count * longest && rows[rows.length - 1] == first + rows.length - 1;
            padded = even ? Optional.empty() : Optional.of(Tensor.ofInts(paddedRows(members), device));
            unpadded = rows.length == count * longest
                    ? Optional.empty()
                    : Optional.of(Tensor.ofInts(unpaddedRows(members), device));
        }

        /** Rows of the stream in order of the padded batch; padding repeats a sequence's last token. */
        private int[] paddedRows(List<Integer> members) {
            return members.stream()
                    .flatMapToInt(
                            i -> IntStream.range(0, longest).map(t -> Math.min(offsets[i] + t, offsets[i + 1] - 1)))
                    .toArray();
        }

        /** Rows of the padded batch that are no padding. */
        private int[] unpaddedRows(List<Integer> members) {
            return IntStream.range(0, members.size())
                    .flatMap(
                            n -> IntStream.range(0, segments.get(members.get(n)).length())
                                    .map(t -> n * longest + t))
                    .toArray();
        }

        /** {@code [T, heads, E]} to {@code [B, heads, longest, E]}. */
        Tensor batch(Tensor x) {
            Tensor own = padded.map(rows -> x.indexSelect(0, rows))
                    .orElseGet(() -> x.narrow(0, first, (long) count * longest));
            return own.view(count, longest, x.size(1), x.size(2)).transpose(1, 2);
        }

        /** {@code [B, H, longest, E]} to {@code [rows, H · E]}. */
        Tensor rows(Tensor attended) {
            Tensor flat = flattened(attended, (long) count * longest);
            return unpadded.map(rows -> flat.indexSelect(0, rows)).orElse(flat);
        }
    }

    /** Sequences from their first token. */
    private final class Whole implements Group {
        private final Padded padded;
        private final Map<AttentionKind, AttentionMask> masks;

        Whole(Padded padded) {
            this.padded = padded;
            masks = perKind(kind -> kernel.wholeSequences(kind, padded.longest, multiplied, device));
        }

        @Override
        public int[] rows() {
            return padded.rows;
        }

        @Override
        public Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores) {
            return padded.rows(
                    attended(padded.batch(query), padded.batch(key), padded.batch(value), at(layer, masks), scores));
        }
    }

    /** Sequences that go on from one cached sequence, each in its own way. */
    private final class Branches implements Group {
        private final Padded padded;
        private final Segment any;
        private final Map<AttentionKind, AttentionMask.Additive> masks;

        Branches(Padded padded) {
            this.padded = padded;
            this.any = padded.any;
            int end = any.start() + padded.longest;
            masks = cachedMasks(Tensor.range(any.start(), end, device).unsqueeze(0), end, multiplied);
        }

        @Override
        public int[] rows() {
            return padded.rows;
        }

        @Override
        public Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores) {
            KvCache trunk = requireCache();
            return padded.rows(attended(
                    padded.batch(query),
                    grown(trunk.keys(layer), padded.batch(key)),
                    grown(trunk.values(layer), padded.batch(value)),
                    at(layer, masks),
                    scores));
        }

        /** The trunk before each branch, {@code [B, K, S, E]}. */
        private Tensor grown(Tensor cached, Tensor own) {
            Tensor trunk = cached.narrow(0, any.slot(), 1)
                    .narrow(2, 0, any.start())
                    .expand(own.size(0), own.size(1), any.start(), own.size(3));
            return Tensor.cat(List.of(trunk, own), 2);
        }
    }

    /**
     * One new token for each of several cached sequences. The cache is read in place, all of its room from the first slot to
     * the last one used; slots between that are free or busy otherwise are given a query whose result nobody reads.
     */
    private final class Singles implements Group {
        private final int[] rows;
        private final int width;
        private final Optional<Tensor> queryOfSlot;
        private final Optional<Tensor> slots;
        private final Map<AttentionKind, AttentionMask.Additive> masks;

        Singles(List<Integer> members) {
            rows = members.stream().mapToInt(i -> offsets[i]).toArray();
            int[] slot = members.stream().mapToInt(i -> segments.get(i).slot()).toArray();
            width = Arrays.stream(slot).max().orElseThrow() + 1;
            int[] query = new int[width];
            int[] at = new int[width];
            Arrays.fill(query, rows[0]);
            for (int n = 0; n < slot.length; n++) {
                query[slot[n]] = rows[n];
                at[slot[n]] = segments.get(members.get(n)).start();
            }
            queryOfSlot = isRange(query, tokens) ? Optional.empty() : Optional.of(Tensor.ofInts(query, device));
            slots = isRange(slot, width) ? Optional.empty() : Optional.of(Tensor.ofInts(slot, device));
            masks = cachedMasks(
                    Tensor.ofInts(at, device).unsqueeze(1), requireCache().room(), kernel.biasOfOne(multiplied));
        }

        @Override
        public int[] rows() {
            return rows;
        }

        @Override
        public Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores) {
            Tensor own = queryOfSlot.map(q -> query.indexSelect(0, q)).orElse(query);
            Heads heads = config.heads(layer);
            Tensor attended = kernel.attendOne(
                            own.view(width, heads.keyValues(), heads.groupSize(), heads.width())
                                    .to(multiplied),
                            requireCache().keys(layer).narrow(0, 0, width).to(multiplied),
                            requireCache().values(layer).narrow(0, 0, width).to(multiplied),
                            Optional.of(at(layer, masks).whole()),
                            scores)
                    .to(dtype)
                    .reshape(width, heads.queryWidth());
            return slots.map(s -> attended.indexSelect(0, s)).orElse(attended);
        }
    }

    /** One new token of a single cached sequence. Only what it sees is read, so that nothing needs a mask. */
    private final class Lone implements Group {
        private final Segment segment;
        private final int row;

        Lone(int member) {
            segment = segments.get(member);
            row = offsets[member];
        }

        @Override
        public int[] rows() {
            return new int[] {row};
        }

        @Override
        public Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores) {
            Heads heads = config.heads(layer);
            int oldest = config.layers().get(layer).attention().oldest(segment.start());
            return kernel.attendOne(
                            query.narrow(0, row, 1)
                                    .view(1, heads.keyValues(), heads.groupSize(), heads.width())
                                    .to(multiplied),
                            seen(requireCache().keys(layer), oldest),
                            seen(requireCache().values(layer), oldest),
                            Optional.empty(),
                            scores)
                    .to(dtype)
                    .reshape(1, heads.queryWidth());
        }

        private Tensor seen(Tensor all, int oldest) {
            return all.narrow(0, segment.slot(), 1)
                    .narrow(2, oldest, segment.end() - oldest)
                    .to(multiplied);
        }
    }

    /** Several new tokens of one cached sequence. */
    private final class Continuation implements Group {
        private final Segment segment;
        private final int offset;
        private final Map<AttentionKind, AttentionMask.Additive> masks;

        Continuation(int member) {
            segment = segments.get(member);
            offset = offsets[member];
            masks = cachedMasks(
                    Tensor.range(segment.start(), segment.end(), device).unsqueeze(0), segment.end(), multiplied);
        }

        @Override
        public int[] rows() {
            return IntStream.range(offset, offset + segment.length()).toArray();
        }

        @Override
        public Tensor attend(int layer, Tensor query, Tensor key, Tensor value, HeadScores scores) {
            Tensor own = query.narrow(0, offset, segment.length()).unsqueeze(0).transpose(1, 2);
            Tensor attended = attended(
                    own,
                    cached(requireCache().keys(layer)),
                    cached(requireCache().values(layer)),
                    at(layer, masks),
                    scores);
            return flattened(attended, segment.length());
        }

        private Tensor cached(Tensor all) {
            return all.narrow(0, segment.slot(), 1).narrow(2, 0, segment.end());
        }
    }
}
