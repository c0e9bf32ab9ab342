package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.model.family.Families;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KvCacheTest {

    private static final int CAPACITY = 300;

    private static ModelConfig config;

    @BeforeAll
    static void read() throws URISyntaxException {
        config = Families.config(Checkpoint.open(Path.of(
                KvCacheTest.class.getResource("/checkpoints/qwen3/grouped-bf16").toURI())));
    }

    private static KvCache cache(int slots) {
        return new KvCache(config, slots, CAPACITY, DType.F32, Device.CPU);
    }

    /** Adds tokens to a sequence; the keys of each are its position and slot, the values their negative. */
    private static void add(KvCache cache, int slot, int tokens) {
        int k = config.heads(0).keyValues();
        int e = config.heads(0).width();
        int start = cache.length(slot);
        try (TensorScope scope = TensorScope.open()) {
            float[] keys = new float[tokens * k * e];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = mark(slot, start + i / (k * e));
            }
            Tensor key = Tensor.of(keys, tokens, k, e);
            cache.ensureRoom(start + tokens);
            int[] slots = IntStream.generate(() -> slot).limit(tokens).toArray();
            KvCache.Rows rows =
                    cache.rows(slots, IntStream.range(start, start + tokens).toArray());
            for (int layer = 0; layer < config.nLayers(); layer++) {
                cache.write(layer, rows, key, key.mul(-1));
            }
        }
        cache.append(slot, tokens);
    }

    private static float mark(int slot, int position) {
        return 1000 * slot + position + 1;
    }

    /** Checks that a slot has the keys and values of another's first tokens. */
    private static void assertHolds(KvCache cache, int slot, int origin) {
        int perToken = config.heads(0).width();
        try (TensorScope scope = TensorScope.open()) {
            for (int layer = 0; layer < config.nLayers(); layer++) {
                for (int head = 0; head < config.heads(0).keyValues(); head++) {
                    float[] keys =
                            cache.keys(layer).select(0, slot).select(0, head).toFloats();
                    float[] values =
                            cache.values(layer).select(0, slot).select(0, head).toFloats();
                    for (int i = 0; i < cache.length(slot) * perToken; i++) {
                        assertThat(keys[i]).isEqualTo(mark(origin, i / perToken));
                        assertThat(values[i]).isEqualTo(-mark(origin, i / perToken));
                    }
                }
            }
        }
    }

    @Test
    void sequencesStayWhatTheyAreWhileTheRoomChanges() {
        try (KvCache cache = cache(3)) {
            add(cache, 0, 5);
            add(cache, 2, 20);
            int room = cache.room();
            for (int i = 0; i < 90; i++) {
                add(cache, 1, 3);
            }
            assertThat(room).isLessThan(cache.room());
            assertThat(cache.room()).isBetween(270, CAPACITY);
            for (int slot = 0; slot < 3; slot++) {
                assertHolds(cache, slot, slot);
            }
            cache.clear(1);

            assertThat(cache.shrink(200)).as("half of it would not do").isFalse();
            assertThat(cache.shrink(20)).isTrue();

            assertThat(cache.room()).isBetween(20, 64);
            assertHolds(cache, 0, 0);
            assertHolds(cache, 2, 2);
            add(cache, 2, 70);
            assertHolds(cache, 2, 2);
        }
    }

    @Test
    void attentionReadsOneBlockOfMemory() {
        try (KvCache cache = cache(3);
                TensorScope scope = TensorScope.open()) {
            add(cache, 1, 40);
            Tensor keys = cache.keys(0).narrow(0, 0, 2);

            assertThat(keys.reshape(-1).sharesMemoryWith(keys)).isTrue();
        }
    }

    @Test
    void aBeginningIsShared() {
        try (KvCache cache = cache(2)) {
            add(cache, 0, 33);
            cache.clear(0);
            cache.share(0, 1, 30);

            assertThat(cache.length(1)).isEqualTo(30);
            assertHolds(cache, 1, 0);
        }
    }

    @Test
    void aSequenceLongerThanTheCapacityIsRefused() {
        try (KvCache cache = cache(1)) {
            add(cache, 0, CAPACITY);
            assertThatThrownBy(() -> add(cache, 0, 1))
                    .hasMessage("A sequence reaches position 300; the cache has room for 300 tokens of each");
            assertHolds(cache, 0, 0);
        }
    }
}
