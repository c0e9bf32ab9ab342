package dev.plumbline.tensor;

import com.google.errorprone.annotations.MustBeClosed;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.jspecify.annotations.Nullable;

/**
 * The life of temporaries: every tensor made on this thread while the scope is the innermost one dies with it, unless
 * {@link Tensor#keep kept} or {@link #promote promoted}.
 *
 * <pre>{@code
 * try (TensorScope scope = TensorScope.open()) {
 *     Tensor y = x.linear(w).silu();
 *     return scope.promote(y); // to the caller's scope
 * }
 * }</pre>
 *
 * <p>A scope belongs to the thread that opened it and scopes nest. The outermost one of a thread also enters libtorch's
 * inference mode (no autograd, no version counters), which is per thread.
 */
public final class TensorScope implements AutoCloseable {

    static {
        Libtorch.load();
    }

    private static final ThreadLocal<TensorScope> INNERMOST = new ThreadLocal<>();

    private final Thread thread = Thread.currentThread();
    private final @Nullable TensorScope parent;
    private final PointerScope pointers;
    private boolean closed;

    private TensorScope() {
        this.parent = INNERMOST.get();
        this.pointers = new PointerScope();
    }

    /** Opens a scope on this thread. */
    @MustBeClosed
    public static TensorScope open() {
        TensorScope scope = new TensorScope();
        INNERMOST.set(scope);
        if (!InferenceMode.is_enabled()) {
            // Attached to the pointer scope as its first pointer, so it ends last.
            new InferenceMode();
        }
        return scope;
    }

    static void requireOpen() {
        if (INNERMOST.get() == null) {
            throw new IllegalStateException(
                    "No TensorScope is open on thread " + Thread.currentThread().getName()
                            + "; tensors are made inside try (TensorScope scope = TensorScope.open()) { … }");
        }
    }

    /**
     * Moves a tensor of this scope to the enclosing one.
     *
     * @throws IllegalStateException if there is no enclosing scope: {@link Tensor#keep keep} it instead
     */
    public Tensor promote(Tensor tensor) {
        if (parent == null) {
            throw new IllegalStateException("This scope is the outermost one of its thread: nothing to promote to");
        }
        parent.pointers.attach(tensor.raw());
        return tensor;
    }

    /** Frees every tensor of the scope. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (Thread.currentThread() != thread || INNERMOST.get() != this) {
            throw new IllegalStateException("A TensorScope is closed on the thread that opened it, innermost first");
        }
        closed = true;
        if (parent == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(parent);
        }
        pointers.close();
    }
}
