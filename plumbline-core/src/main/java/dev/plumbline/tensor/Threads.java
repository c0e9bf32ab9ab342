package dev.plumbline.tensor;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * How many threads one operation on the CPU may use, in this process. libtorch and the OpenBLAS under its fp32 matrix
 * products keep separate teams, and libtorch sets only its own; both are set here.
 */
public final class Threads {

    static {
        Libtorch.load();
        Loader.load(org.bytedeco.openblas.global.openblas_nolapack.class);
    }

    private Threads() {}

    public static int get() {
        return torch.get_num_threads();
    }

    /** Has this thread keep to the number; libtorch tells each thread of its own, and oneDNN asks before it is told. */
    public static void join() {
        torch.set_num_threads(torch.get_num_threads());
    }

    public static void set(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Expected at least 1 thread; found " + threads);
        }
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
    }
}
