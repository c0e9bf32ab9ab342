package dev.plumbline.pipeline;

import dev.plumbline.artifact.RolloutKey;
import java.nio.ByteBuffer;

/** Seeds that depend on the run's seed and the rollout's own name, and on nothing else. */
final class RolloutSeed {

    private RolloutSeed() {}

    /** The first 8 bytes of a digest over all that names the rollout. */
    static long of(long runSeed, String role, RolloutKey key) {
        byte[] digest = Digest.bytes("plumbline rollout\n" + runSeed + "\n" + role + "\n" + key);
        return ByteBuffer.wrap(digest).getLong();
    }
}
