package dev.plumbline.model;

import dev.plumbline.hook.TokenRun;

/**
 * New tokens of one sequence in the packed stream of a forward pass.
 *
 * @param ids token ids, as many as the run is long
 * @param slot where the cache holds the sequence; meaningless without a cache
 * @param run which positions these are, and what is hooked
 */
public record Segment(int[] ids, int slot, TokenRun run) {
    public Segment {
        if (ids.length != run.length()) {
            throw new IllegalArgumentException(ids.length + " ids for a run of " + run.length() + " tokens");
        }
    }

    int start() {
        return run.start();
    }

    int length() {
        return ids.length;
    }

    /** One past the last position. */
    int end() {
        return run.start() + ids.length;
    }
}
