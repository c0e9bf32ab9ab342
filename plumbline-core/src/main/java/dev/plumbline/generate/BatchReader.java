package dev.plumbline.generate;

import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.KvCache;
import dev.plumbline.model.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads given sequences in passes of at most so many tokens, or of one longer sequence. */
final class BatchReader {

    private final Decoder decoder;
    private final BatchLimits limits;
    private final List<TokenSequence> sequences;
    private final int first;
    private final HookPlan plan;

    /** @param first number of the first sequence */
    BatchReader(Decoder decoder, BatchLimits limits, List<TokenSequence> sequences, int first, HookPlan plan) {
        this.decoder = decoder;
        this.limits = limits;
        this.sequences = sequences;
        this.first = first;
        this.plan = plan;
    }

    void read() {
        int[] shareable = sequences.stream()
                .mapToInt(s -> PrefixGroup.shareable(decoder.config(), s, plan))
                .toArray();
        List<int[]> ids = sequences.stream().map(TokenSequence::ids).toList();
        for (PrefixGroup group : PrefixGroup.of(ids, shareable)) {
            if (group.length() == 0) {
                read(group, Optional.empty());
            } else {
                try (KvCache trunk =
                        new KvCache(decoder.config(), 1, group.length(), decoder.dtype(), decoder.device())) {
                    fill(trunk, Arrays.copyOf(ids.get(group.members().get(0)), group.length()));
                    read(group, Optional.of(trunk));
                }
            }
        }
    }

    private void fill(KvCache trunk, int[] shared) {
        int layers = plan.lastLayer().orElse(-1) + 1;
        TokenRun run = new TokenRun(0, SequenceLayout.prompt(shared.length), 0, shared.length, HookPlan.empty());
        decoder.fill(List.of(new Segment(shared, 0, run)), trunk, layers);
    }

    private void read(PrefixGroup group, Optional<KvCache> trunk) {
        List<Segment> packed = new ArrayList<>();
        int tokens = 0;
        for (int number : group.members()) {
            Segment segment = segment(number, group.length());
            int length = segment.ids().length;
            if (!packed.isEmpty() && tokens + length > limits.promptTokens()) {
                decoder.forward(packed, trunk, Goal.HOOKS);
                packed.clear();
                tokens = 0;
            }
            packed.add(segment);
            tokens += length;
        }
        decoder.forward(packed, trunk, Goal.HOOKS);
    }

    private Segment segment(int number, int start) {
        TokenSequence sequence = sequences.get(number);
        int[] own = Arrays.copyOfRange(sequence.ids(), start, sequence.length());
        return new Segment(own, 0, new TokenRun(first + number, sequence.layout(), start, own.length, plan));
    }
}
