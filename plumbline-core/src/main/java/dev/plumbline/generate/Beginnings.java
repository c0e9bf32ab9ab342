package dev.plumbline.generate;

import dev.plumbline.model.ModelConfig;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the slots of a cache hold, or held last and still have: the prompts that others may begin like. */
final class Beginnings {

    private record Held(int[] ids, int untouched) {}

    /**
     * Where the beginning of a prompt can be had.
     *
     * @param slot which slot
     * @param shared tokens; 0 if no slot has enough
     */
    record Donor(int slot, int shared) {}

    private final ModelConfig config;
    private final @Nullable Held[] held;

    Beginnings(ModelConfig config, int slots) {
        this.config = config;
        this.held = new Held[slots];
    }

    /** The slot that has most of a prompt's beginning, of which neither plan touches anything. */
    Donor bestFor(GenerationRequest request) {
        Held wanted = held(request);
        Donor best = new Donor(0, 0);
        for (int slot = 0; slot < held.length; slot++) {
            Held other = held[slot];
            if (other != null) {
                int shared = Math.min(
                        PrefixGroup.common(wanted.ids(), other.ids()), Math.min(wanted.untouched(), other.untouched()));
                if (shared >= PrefixGroup.SHORTEST && shared > best.shared()) {
                    best = new Donor(slot, shared);
                }
            }
        }
        return best;
    }

    private Held held(GenerationRequest request) {
        TokenSequence prompt = request.prompt();
        return new Held(prompt.ids(), PrefixGroup.shareable(config, prompt, request.plan()));
    }

    /** A slot now holds this prompt, or will when the next pass is done. */
    void put(int slot, GenerationRequest request) {
        held[slot] = held(request);
    }

    /** Of what slots hold, only so many tokens are left. */
    void cut(int tokens) {
        for (int slot = 0; slot < held.length; slot++) {
            Held whole = held[slot];
            if (whole != null && whole.ids().length > tokens) {
                held[slot] = new Held(Arrays.copyOf(whole.ids(), tokens), Math.min(whole.untouched(), tokens));
            }
        }
    }

    /** What a slot held was moved over what another held. */
    void move(int from, int to) {
        held[to] = held[from];
        held[from] = null;
    }
}
