package dev.plumbline.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A native tensor. Operations return new tensors, which belong to the innermost {@link TensorScope} of the thread; those
 * whose names end in {@code InPlace} change this one and return it. Views share memory with what they view; a view of the whole
 * in its own shape is the tensor itself.
 *
 * <p>Native failures are {@link TorchException}s that name the operation and the operands.
 */
public final class Tensor implements AutoCloseable {

    private static final long[] UNREAD = {};

    /** No arguments. */
    private static final long[] NONE = {};

    /** Most bytes read in one call; a Java buffer holds less than 2 GiB. */
    private static final long READ_BYTES = 1 << 30;

    private final org.bytedeco.pytorch.Tensor raw;
    private long[] shape = UNREAD;

    private Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    // ---- Making

    /** A copy of plain data, on the CPU. */
    public static Tensor of(TensorData data) {
        Tensor tensor = empty(data.dtype(), Device.CPU, data.shape());
        tensor.hostBytes().put(data.bytes());
        return tensor;
    }

    /** An fp32 tensor on the CPU. */
    public static Tensor of(float[] values, long... shape) {
        return of(TensorData.ofFloats(values, shape));
    }

    /** A vector of 64-bit integers (token ids, positions, indices) on a device. */
    public static Tensor ofLongs(long[] values, Device device) {
        Tensor tensor = empty(DType.I64, Device.CPU, values.length);
        tensor.hostBytes().asLongBuffer().put(values);
        return tensor.to(device);
    }

    /** As {@link #ofLongs}, from ints. */
    public static Tensor ofInts(int[] values, Device device) {
        return ofLongs(Arrays.stream(values).asLongStream().toArray(), device);
    }

    /** Uninitialised memory. */
    public static Tensor empty(DType dtype, Device device, long... shape) {
        return run("empty", shape, () -> torch.empty(shape, Libtorch.options(dtype, device), null));
    }

    public static Tensor zeros(DType dtype, Device device, long... shape) {
        return run("zeros", shape, () -> torch.zeros(shape, Libtorch.options(dtype, device)));
    }

    public static Tensor full(double value, DType dtype, Device device, long... shape) {
        return run("full", shape, () -> torch.full(shape, new Scalar(value), Libtorch.options(dtype, device)));
    }

    /** {@code start, start + 1, …, end - 1} as 64-bit integers. */
    public static Tensor range(long start, long end, Device device) {
        return run(
                "arange", () -> torch.arange(new Scalar(start), new Scalar(end), Libtorch.options(DType.I64, device)));
    }

    /**
     * A file's bytes as a vector of {@link DType#U8}, mapped, not read: pages are loaded when touched, and shared with
     * every other process that maps them. Nothing is ever written back.
     */
    public static Tensor map(Path file, long bytes) {
        return run(
                "map " + file,
                () -> torch.from_file(
                        file.toString(),
                        new BoolOptional(false),
                        new LongOptional(bytes),
                        Libtorch.options(DType.U8, Device.CPU)));
    }

    /** Overwrites this contiguous tensor on the CPU with a file's bytes from an offset on. */
    public Tensor readInPlace(Path file, long offset) {
        try (FileChannel channel = FileChannel.open(file)) {
            long bytes = numel() * dtype().bytes();
            Pointer data = live().data_ptr();
            for (long done = 0; done < bytes; ) {
                long end = Math.min(bytes, done + READ_BYTES);
                ByteBuffer target =
                        new BytePointer(data).position(done).limit(end).asByteBuffer();
                int read = channel.read(target, offset + done);
                if (read < 0) {
                    throw new EOFException("the file ends at byte " + (offset + done));
                }
                done += read;
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Joins tensors along a dimension they have. */
    public static Tensor cat(List<Tensor> tensors, int dim) {
        return run("cat", () -> torch.cat(vector(tensors), dim), tensors.toArray(Tensor[]::new));
    }

    /** Joins tensors of one shape along a new dimension. */
    public static Tensor stack(List<Tensor> tensors, int dim) {
        return run("stack", () -> torch.stack(vector(tensors), dim), tensors.toArray(Tensor[]::new));
    }

    // ---- Life

    /**
     * Lets this tensor outlive its scope. Whoever keeps a tensor owns it and must {@link #close} it; a tensor kept twice
     * must be closed twice.
     */
    public Tensor keep() {
        raw.retainReference();
        return this;
    }

    /**
     * Gives up one hold on the tensor: what {@link #keep} took, or else its scope's own, which frees it before the scope
     * ends.
     */
    @Override
    public void close() {
        raw.releaseReference();
    }

    // ---- Asking

    /** Size of each dimension. */
    public long[] shape() {
        return sizes().clone();
    }

    /** Number of dimensions. */
    public int rank() {
        return sizes().length;
    }

    /** Size of one dimension; negative counts from the end. */
    public long size(int dim) {
        long[] sizes = sizes();
        return sizes[dim < 0 ? sizes.length + dim : dim];
    }

    public long numel() {
        return TensorData.numel(sizes());
    }

    public DType dtype() {
        return Libtorch.dtype(live().scalar_type());
    }

    public Device device() {
        return Libtorch.device(live().device());
    }

    /** Whether the two look at the same memory from its first element on. */
    public boolean sharesMemoryWith(Tensor other) {
        return live().data_ptr().address() == other.live().data_ptr().address();
    }

    @Override
    public String toString() {
        return raw.isNull() ? "freed tensor" : dtype() + Arrays.toString(sizes());
    }

    // ---- Leaving

    /** A copy as plain data, which needs no scope. */
    public TensorData toData() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor host = to(Device.CPU).contiguous();
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(host.numel() * dtype().bytes()));
            bytes.put(host.hostBytes()).flip();
            return new TensorData(dtype(), sizes(), bytes);
        }
    }

    /** A copy as fp32, in row-major order. */
    public float[] toFloats() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor host = to(DType.F32).to(Device.CPU).contiguous();
            float[] values = new float[Math.toIntExact(host.numel())];
            host.hostBytes().asFloatBuffer().get(values);
            return values;
        }
    }

    /** The elements as fp32, in row-major order, valid as long as the scope: no copy if they lie so in the CPU's memory. */
    public FloatBuffer floatsOnHost() {
        return to(DType.F32)
                .to(Device.CPU)
                .contiguous()
                .hostBytes()
                .asFloatBuffer()
                .asReadOnlyBuffer();
    }

    /** A copy as 64-bit integers, in row-major order. */
    public long[] toLongs() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor host = to(DType.I64).to(Device.CPU).contiguous();
            long[] values = new long[Math.toIntExact(host.numel())];
            host.hostBytes().asLongBuffer().get(values);
            return values;
        }
    }

    /** The value of a tensor of one element. */
    public double item() {
        return live().item_double();
    }

    // ---- Type, device, layout

    public Tensor to(DType dtype) {
        return dtype() == dtype ? this : run("to", () -> raw.to(Libtorch.scalarType(dtype)), this);
    }

    public Tensor to(Device device) {
        if (device().equals(device)) {
            return this;
        }
        return run("to " + device, () -> raw.to(Libtorch.options(dtype(), device), false, false, null), this);
    }

    /** A copy in memory of its own. */
    public Tensor copy() {
        return run("copy", () -> raw.clone(null), this);
    }

    /** A copy in memory of its own on a device. */
    public Tensor copyTo(Device device) {
        return device().equals(device) ? copy() : to(device);
    }

    public Tensor contiguous() {
        return run("contiguous", () -> raw.contiguous(), this);
    }

    /** The same bytes seen as another type. */
    public Tensor viewAs(DType dtype) {
        return run("viewAs " + dtype, () -> raw.view(Libtorch.scalarType(dtype)), this);
    }

    public Tensor view(long... shape) {
        return isOfShape(shape) ? this : run("view", shape, () -> raw.view(shape), this);
    }

    public Tensor reshape(long... shape) {
        return isOfShape(shape) ? this : run("reshape", shape, () -> raw.reshape(shape), this);
    }

    private boolean isOfShape(long... wanted) {
        return Arrays.equals(sizes(), wanted);
    }

    public Tensor transpose(int a, int b) {
        return run("transpose", () -> raw.transpose(a, b), this);
    }

    public Tensor unsqueeze(int dim) {
        return run("unsqueeze", () -> raw.unsqueeze(dim), this);
    }

    /** A view with dimensions of size 1 repeated to the given sizes. */
    public Tensor expand(long... shape) {
        return run("expand", shape, () -> raw.expand(shape), this);
    }

    // ---- Parts

    /** A view of {@code length} entries of a dimension. */
    public Tensor narrow(int dim, long start, long length) {
        return start == 0 && length == size(dim)
                ? this
                : run("narrow", new long[] {dim, start, length}, () -> raw.narrow(dim, start, length), this);
    }

    /** A view of one entry of a dimension, which disappears. */
    public Tensor select(int dim, long index) {
        return run("select", new long[] {dim, index}, () -> raw.select(dim, index), this);
    }

    /** Entries of a dimension, copied in the order of the indices. */
    public Tensor indexSelect(int dim, Tensor indices) {
        return run("indexSelect", () -> raw.index_select(dim, indices.live()), this, indices);
    }

    /** Overwrites entries of a dimension: {@code this[indices[i]] = source[i]}. */
    public Tensor indexCopyInPlace(int dim, Tensor indices, Tensor source) {
        return inPlace("indexCopy", () -> raw.index_copy_(dim, indices.live(), source.live()), indices, source);
    }

    /** Adds to entries of a dimension: {@code this[indices[i]] += source[i]}. */
    public Tensor indexAddInPlace(int dim, Tensor indices, Tensor source) {
        return inPlace("indexAdd", () -> raw.index_add_(dim, indices.live(), source.live()), indices, source);
    }

    public Tensor copyInPlace(Tensor source) {
        return inPlace("copy", () -> raw.copy_(source.live()), source);
    }

    public Tensor zeroInPlace() {
        return inPlace("zero", raw::zero_);
    }

    // ---- Elementwise

    public Tensor add(Tensor other) {
        return run("add", () -> raw.add(other.live()), this, other);
    }

    /** {@code this + factor · other} in one native call. Of operands of different types the wider one is computed in and given. */
    public Tensor add(Tensor other, double factor) {
        return run("add", () -> raw.add(other.live(), new Scalar(factor)), this, other);
    }

    public Tensor add(double scalar) {
        return run("add", () -> raw.add(new Scalar(scalar)), this);
    }

    public Tensor addInPlace(Tensor other) {
        return inPlace("add", () -> raw.add_(other.live()), other);
    }

    /**
     * {@code this + factor · a · b}, elementwise with broadcasting, in one native call. Of operands of different types the
     * wider one is computed in and given.
     */
    public Tensor addProduct(Tensor a, Tensor b, double factor) {
        return run("addProduct", () -> torch.addcmul(raw, a.live(), b.live(), new Scalar(factor)), this, a, b);
    }

    /** {@code this += a · b}, elementwise with broadcasting. */
    public Tensor addProductInPlace(Tensor a, Tensor b) {
        return inPlace("addProduct", () -> raw.addcmul_(a.live(), b.live()), a, b);
    }

    public Tensor sub(Tensor other) {
        return run("sub", () -> raw.sub(other.live()), this, other);
    }

    public Tensor mul(Tensor other) {
        return run("mul", () -> raw.mul(other.live()), this, other);
    }

    public Tensor mul(double scalar) {
        return run("mul", () -> raw.mul(new Scalar(scalar)), this);
    }

    public Tensor mulInPlace(Tensor other) {
        return inPlace("mul", () -> raw.mul_(other.live()), other);
    }

    public Tensor div(Tensor other) {
        return run("div", () -> raw.div(other.live()), this, other);
    }

    public Tensor div(double scalar) {
        return run("div", () -> raw.div(new Scalar(scalar)), this);
    }

    /** What a division of whole numbers leaves, from 0 to less than the positive divisor. */
    public Tensor remainder(long divisor) {
        return run("remainder", () -> raw.remainder(new Scalar(divisor)), this);
    }

    public Tensor abs() {
        return run("abs", () -> raw.abs(), this);
    }

    public Tensor cos() {
        return run("cos", () -> raw.cos(), this);
    }

    public Tensor sin() {
        return run("sin", () -> raw.sin(), this);
    }

    /** The elementwise larger of the two. */
    public Tensor maximum(Tensor other) {
        return run("maximum", () -> torch.maximum(raw, other.live()), this, other);
    }

    /** The elementwise smaller of the two. */
    public Tensor minimum(Tensor other) {
        return run("minimum", () -> torch.minimum(raw, other.live()), this, other);
    }

    /** Every element brought into {@code [lower, upper]}; NaN stays NaN. */
    public Tensor clamp(double lower, double upper) {
        return run(
                "clamp(" + lower + ", " + upper + ")",
                () -> raw.clamp(new ScalarOptional(new Scalar(lower)), new ScalarOptional(new Scalar(upper))),
                this);
    }

    /** The base to the power of each element. */
    public Tensor powersOf(double base) {
        return run("powersOf", () -> torch.pow(new Scalar(base), raw), this);
    }

    public Tensor sqrt() {
        return run("sqrt", () -> raw.sqrt(), this);
    }

    /** {@code 1 / sqrt(x)}. */
    public Tensor rsqrt() {
        return run("rsqrt", () -> raw.rsqrt(), this);
    }

    /** {@code x · sigmoid(x)}. */
    public Tensor silu() {
        return run("silu", () -> torch.silu(raw), this);
    }

    /** {@code 1 / (1 + exp(−x))}. */
    public Tensor sigmoid() {
        return run("sigmoid", () -> raw.sigmoid(), this);
    }

    /** {@code x · Φ(x)}, with the tanh approximation of the normal distribution. */
    public Tensor geluTanh() {
        return run("geluTanh", () -> torch.gelu(raw, "tanh"), this);
    }

    /** {@code x · Φ(x)}. */
    public Tensor gelu() {
        return run("gelu", () -> torch.gelu(raw, "none"), this);
    }

    /** {@code max(x, 0)}. */
    public Tensor relu() {
        return run("relu", () -> raw.relu(), this);
    }

    /** {@code exp(x) - 1}, accurate near 0. */
    public Tensor expMinusOne() {
        return run("expMinusOne", () -> raw.expm1(), this);
    }

    /** {@code ln(1 + exp(x))}. */
    public Tensor softplus() {
        return run("softplus", () -> torch.softplus(raw), this);
    }

    /** {@code cap · tanh(x / cap)}: nearly x where that is small, never beyond the cap. */
    public Tensor softCap(double cap) {
        return div(cap).tanh().mul(cap);
    }

    public Tensor tanh() {
        return run("tanh", () -> raw.tanh(), this);
    }

    /** Where {@code this <= other}, as {@link DType#BOOL}. */
    public Tensor lessOrEqual(Tensor other) {
        return run("lessOrEqual", () -> raw.le(other.live()), this, other);
    }

    public Tensor and(Tensor other) {
        return run("and", () -> raw.logical_and(other.live()), this, other);
    }

    public Tensor not() {
        return run("not", () -> raw.logical_not(), this);
    }

    /** {@code ifTrue} where this is true, elsewhere {@code ifFalse}. */
    public Tensor where(Tensor ifTrue, Tensor ifFalse) {
        return run("where", () -> torch.where(raw, ifTrue.live(), ifFalse.live()), this, ifTrue, ifFalse);
    }

    /** The two halves of the last dimension, exchanged. */
    public Tensor swapHalves() {
        return run("swapHalves", () -> torch.roll(raw, new long[] {size(-1) / 2}, new long[] {-1}), this);
    }

    // ---- Reductions

    /** Euclidean length of each vector of the last dimension, which becomes 1. */
    public Tensor lengths() {
        return run(
                "lengths",
                () -> torch.linalg_vector_norm(raw, new Scalar(2.0), new long[] {-1}, true, new ScalarTypeOptional()),
                this);
    }

    public Tensor sum(int dim) {
        return run("sum", () -> raw.sum(dim), this);
    }

    /** As {@link #sum}, with the dimension kept at size 1. */
    public Tensor sumKept(int dim) {
        return run("sum", () -> raw.sum(new long[] {dim}, true, new ScalarTypeOptional()), this);
    }

    /** The sum computed and given in fp32. */
    public Tensor sumInF32(int dim) {
        return run(
                "sum",
                () -> raw.sum(new long[] {dim}, false, new ScalarTypeOptional(Libtorch.scalarType(DType.F32))),
                this);
    }

    public Tensor mean(int dim) {
        return run("mean", () -> raw.mean(dim), this);
    }

    /** Euclidean norm of all elements, accumulated in this type. */
    public double norm() {
        return Math.sqrt(run("norm", () -> torch.dot(flat(), flat()), this).item());
    }

    private org.bytedeco.pytorch.Tensor flat() {
        return live().reshape(-1);
    }

    /** Index of the largest entry along a dimension. */
    public Tensor argmax(int dim) {
        return run("argmax", () -> raw.argmax(new LongOptional(dim), false), this);
    }

    public Tensor cumulativeSum(int dim) {
        return run("cumulativeSum", () -> raw.cumsum(dim), this);
    }

    /** The entries of a dimension at {@code indices}, which have as many dimensions as this. */
    public Tensor gather(int dim, Tensor indices) {
        return run("gather", () -> raw.gather(dim, indices.live()), this, indices);
    }

    /** Entries of a dimension in falling order, equal ones in the order that they had, and where they were. */
    public record Sorted(Tensor values, Tensor indices) {}

    public Sorted sortDescending(int dim) {
        TensorScope.requireOpen();
        try {
            T_TensorTensor_T result = live().sort(new BoolOptional(true), dim, true);
            return new Sorted(new Tensor(result.get0()), new Tensor(result.get1()));
        } catch (RuntimeException e) {
            throw new TorchException("sortDescending", e, this);
        }
    }

    /** Softmax, inside computed in fp32 at least. */
    public Tensor softmax(int dim) {
        return run("softmax", () -> raw.softmax(dim), this);
    }

    // ---- Linear algebra and the layers of a transformer

    public Tensor matmul(Tensor other) {
        return run("matmul", () -> raw.matmul(other.live()), this, other);
    }

    /** {@code this += a @ b}. */
    public Tensor addMatmulInPlace(Tensor a, Tensor b) {
        return inPlace("addMatmul", () -> raw.addmm_(a.live(), b.live()), a, b);
    }

    /** {@code this + factor · a @ b}, for batches of matrices {@code [B, M, N]}; this broadcasts. */
    public Tensor addBatchedMatmul(Tensor a, Tensor b, double factor) {
        return run(
                "addBatchedMatmul",
                () -> torch.baddbmm(raw, a.live(), b.live(), new Scalar(1.0), new Scalar(factor)),
                this,
                a,
                b);
    }

    /** {@code this @ weightᵀ}, with a weight as checkpoints store it: {@code [out, in]}. */
    public Tensor linear(Tensor weight) {
        return run("linear", () -> torch.linear(raw, weight.live()), this, weight);
    }

    /** {@code this @ weightᵀ}, and a bias if there is one. */
    public Tensor linear(Tensor weight, Optional<Tensor> bias) {
        return run("linear", () -> torch.linear(raw, weight.live(), optional(bias)), this, weight);
    }

    /** {@code this @ weightᵀ}, and a bias if there is one. */
    public Tensor linear(LinearWeight weight, Optional<Tensor> bias) {
        TensorScope.requireOpen();
        live();
        return weight.apply(this, bias);
    }

    /** {@code x / sqrt(mean(x²) + eps)} over the last dimension, and times a weight if there is one, computed in fp32 at least. */
    public Tensor rmsNorm(Optional<Tensor> weight, double eps) {
        return run(
                "rmsNorm",
                () -> torch.rms_norm(raw, new long[] {size(-1)}, optional(weight), new DoubleOptional(eps)),
                this);
    }

    private static TensorOptional optional(Optional<Tensor> tensor) {
        return tensor.map(t -> new TensorOptional(t.live())).orElseGet(TensorOptional::new);
    }

    /**
     * {@code (x - mean(x)) / sqrt(variance(x) + eps) · weight + bias} over the last dimensions, inside computed in fp32 at
     * least.
     *
     * @param weight of the shape of the dimensions that are normalised together
     */
    public Tensor layerNorm(Tensor weight, Optional<Tensor> bias, double eps) {
        return run(
                "layerNorm",
                () -> torch.layer_norm(
                        raw, weight.sizes(), new TensorOptional(weight.live()), optional(bias), eps, true),
                this,
                weight);
    }

    /**
     * Scaled dot-product attention in one native call: {@code softmax(q kᵀ · scale + mask) v}.
     *
     * @param key {@code [B, H, S, E]}, for queries {@code [B, H, T, E]} (this)
     * @param value {@code [B, H, S, E]}
     * @param mask added to the scores, or true where a query may see a key, broadcast to {@code [B, H, T, S]}; without one
     *     every query sees all keys
     */
    public Tensor attend(Tensor key, Tensor value, Optional<Tensor> mask, double scale) {
        return attend(key, value, mask, false, scale);
    }

    /** As {@link #attend}, query i seeing keys 0 to i. */
    public Tensor attendCausally(Tensor key, Tensor value, double scale) {
        return attend(key, value, Optional.empty(), true, scale);
    }

    private Tensor attend(Tensor key, Tensor value, Optional<Tensor> mask, boolean causal, double scale) {
        return run(
                "attend",
                () -> torch.scaled_dot_product_attention(
                        raw, key.live(), value.live(), optional(mask), 0.0, causal, new DoubleOptional(scale), false),
                this,
                key,
                value);
    }

    /** Eigenvalues in ascending order, and eigenvectors as columns. */
    public record Eigen(Tensor values, Tensor vectors) {}

    /** Eigendecomposition of a symmetric matrix {@code [N, N]}; only its lower triangle is read. */
    public Eigen symmetricEigen() {
        try {
            T_TensorTensor_T result = torch.linalg_eigh(live());
            return new Eigen(new Tensor(result.get0()), new Tensor(result.get1()));
        } catch (RuntimeException e) {
            throw new TorchException("symmetricEigen", e, this);
        }
    }

    // ---- Below the surface

    static Tensor wrap(org.bytedeco.pytorch.Tensor raw) {
        return new Tensor(raw);
    }

    org.bytedeco.pytorch.Tensor raw() {
        return raw;
    }

    private org.bytedeco.pytorch.Tensor live() {
        if (raw.isNull()) {
            throw new IllegalStateException("A tensor was used after its scope was closed: keep() or promote() it");
        }
        return raw;
    }

    private long[] sizes() {
        if (shape == UNREAD) {
            long[] sizes = new long[(int) live().dim()];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = raw.size(i);
            }
            shape = sizes;
        }
        return shape;
    }

    /** The memory of a contiguous CPU tensor, valid as long as the tensor. */
    private ByteBuffer hostBytes() {
        long bytes = numel() * dtype().bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(this + " has " + bytes + " bytes: too many to copy in one piece");
        }
        if (bytes == 0) {
            return ByteBuffer.allocate(0);
        }
        Pointer data = live().data_ptr();
        return new BytePointer(data).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.stream().map(Tensor::live).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    private static Tensor run(String operation, Supplier<org.bytedeco.pytorch.Tensor> call, Tensor... operands) {
        return run(operation, NONE, call, operands);
    }

    /** @param arguments of the operation, named with it if it fails */
    private static Tensor run(
            String operation, long[] arguments, Supplier<org.bytedeco.pytorch.Tensor> call, Tensor... operands) {
        TensorScope.requireOpen();
        for (Tensor operand : operands) {
            operand.live();
        }
        try {
            return new Tensor(call.get());
        } catch (RuntimeException e) {
            throw new TorchException(
                    arguments.length == 0 ? operation : operation + Arrays.toString(arguments), e, operands);
        }
    }

    private Tensor inPlace(String operation, Runnable call, Tensor... operands) {
        live();
        try {
            call.run();
            return this;
        } catch (RuntimeException e) {
            Tensor[] all = new Tensor[operands.length + 1];
            all[0] = this;
            System.arraycopy(operands, 0, all, 1, operands.length);
            throw new TorchException(operation + " in place", e, all);
        }
    }
}
