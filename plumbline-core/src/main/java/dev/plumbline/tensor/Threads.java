package dev.plumbline.tensor;

import java.util.function.Supplier;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * How many threads one operation on the CPU may use, in this process.
 *
 * <p>libtorch, oneDNN with it, and the OpenBLAS under its small fp32 products keep separate teams. Each thread of a team spins for
 * a while after its work, on a processor that the other team then waits for: two teams by turns are several times slower than
 * either. So where oneDNN has the large products, OpenBLAS computes on the thread that calls it, usually one of libtorch's team.
 */
public final class Threads {

    static {
        Libtorch.load();
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
    }

    /**
     * Runs large dense algebra (products of large fp32 or fp64 matrices, eigenvalues), for which OpenBLAS has a team after all.
     * Nothing else should be computed meanwhile.
     */
    public static <T> T inOpenBlas(Supplier<T> algebra) {
        int usual = openblas_nolapack.blas_get_num_threads();
        openblas_nolapack.blas_set_num_threads(get());
        try {
            return algebra.get();
        } finally {
            openblas_nolapack.blas_set_num_threads(usual);
        }
    }
}
