package dev.plumbline.tensor;

import org.bytedeco.pytorch.global.torch;

/** How many threads one operation on the CPU may use, in this process. */
public final class Threads {

    static {
        Libtorch.load();
    }

    private Threads() {}

    public static int get() {
        return torch.get_num_threads();
    }

    public static void set(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Expected at least 1 thread; found " + threads);
        }
        torch.set_num_threads(threads);
    }
}
