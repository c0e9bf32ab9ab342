package dev.plumbline.model.family;

import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.KvCache;
import dev.plumbline.model.Segment;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Greedy continuations of a golden's prompts, all in one batch. */
final class GreedyText {

    static final int PROMPTS = 3;

    private GreedyText() {}

    /** The reference's, {@code [prompts, tokens]}. */
    static int[][] ofTheReference(SafetensorsFile golden) {
        return IntStream.range(0, PROMPTS)
                .mapToObj(n -> ints(golden, "greedy." + n))
                .toArray(int[][]::new);
    }

    /** Those of a decoder, as many tokens: with a cache, or read anew for each token where rotations change on the way. */
    static int[][] of(Decoder decoder, SafetensorsFile golden) {
        int steps = ints(golden, "greedy.0").length;
        int[][] texts = IntStream.range(0, PROMPTS)
                .mapToObj(n -> ints(golden, "ids." + n))
                .toArray(int[][]::new);
        boolean cached = Arrays.stream(texts)
                .allMatch(ids -> decoder.config().longestContinuation(ids.length) >= ids.length + steps);
        int[] prompts = Arrays.stream(texts).mapToInt(ids -> ids.length).toArray();
        try (KvCache cache = new KvCache(decoder.config(), PROMPTS, 512, decoder.dtype(), decoder.device())) {
            for (int step = 0; step < steps; step++) {
                long[] next = next(decoder, texts, cached ? Optional.of(cache) : Optional.empty());
                for (int n = 0; n < PROMPTS; n++) {
                    texts[n] = Arrays.copyOf(texts[n], texts[n].length + 1);
                    texts[n][texts[n].length - 1] = (int) next[n];
                }
            }
        }
        return IntStream.range(0, PROMPTS)
                .mapToObj(n -> Arrays.copyOfRange(texts[n], prompts[n], texts[n].length))
                .toArray(int[][]::new);
    }

    private static long[] next(Decoder decoder, int[][] texts, Optional<KvCache> cache) {
        List<Segment> segments = new ArrayList<>();
        for (int n = 0; n < texts.length; n++) {
            int slot = n;
            int seen = cache.map(c -> c.length(slot)).orElse(0);
            int[] fresh = Arrays.copyOfRange(texts[n], seen, texts[n].length);
            SequenceLayout layout = SequenceLayout.prompt(texts[n].length);
            segments.add(new Segment(fresh, n, new TokenRun(n, layout, seen, fresh.length, HookPlan.empty())));
        }
        try (TensorScope scope = TensorScope.open()) {
            return decoder.forward(segments, cache, Goal.NEXT_TOKEN)
                    .orElseThrow()
                    .argmax(-1)
                    .toLongs();
        }
    }

    static int[] ints(SafetensorsFile golden, String name) {
        TensorData data = golden.load(name);
        return IntStream.range(0, (int) data.numel())
                .map(i -> (int) data.bytes().getLong(8 * i))
                .toArray();
    }
}
