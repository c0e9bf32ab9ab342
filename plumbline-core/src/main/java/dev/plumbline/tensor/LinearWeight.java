package dev.plumbline.tensor;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.global.torch;

/**
 * The weight of a projection in the layout that its device multiplies fastest with.
 *
 * <p>On the CPU that is oneDNN's own: from row-major weights libtorch makes it anew for every product, which for a few rows
 * takes longer than the product.
 */
public final class LinearWeight implements AutoCloseable {

    private final Tensor tensor;
    private final boolean packed;

    private LinearWeight(Tensor tensor, boolean packed) {
        this.tensor = tensor;
        this.packed = packed;
    }

    /** The weight {@code [out, in]} in memory of its own on a device, which belongs to this thread's scope. */
    public static LinearWeight copyOf(Tensor weight, Device device) {
        return OneDnn.takes(weight, device)
                ? new LinearWeight(OneDnn.pack(weight), true)
                : asItIs(weight.copyTo(device));
    }

    /** The weight {@code [out, in]} where it is. */
    public static LinearWeight asItIs(Tensor weight) {
        return new LinearWeight(weight, false);
    }

    Tensor apply(Tensor x, Optional<Tensor> bias) {
        if (packed) {
            return OneDnn.linear(x, tensor, bias);
        }
        return bias.map(b -> x.linear(tensor, b)).orElseGet(() -> x.linear(tensor));
    }

    /** As {@link Tensor#keep}. */
    public LinearWeight keep() {
        tensor.keep();
        return this;
    }

    /** As {@link Tensor#close}. */
    @Override
    public void close() {
        tensor.close();
    }

    /** Operators that libtorch has for its compiler, and no header for. */
    private static final class OneDnn {

        private static final OperatorHandle PACK = operator("mkldnn::_reorder_linear_weight");
        private static final OperatorHandle LINEAR = operator("mkldnn::_linear_pointwise");
        private static final IValue NONE = new IValue().retainReference();
        private static final IValue NO_ACTIVATION = new IValue("none").retainReference();
        private static final IValue NO_ALGORITHM = new IValue("").retainReference();
        private static final IValue NO_SCALARS = noScalars();

        private static OperatorHandle operator(String name) {
            return Dispatcher.singleton().findSchemaOrThrow(name, "").retainReference();
        }

        /** An empty list of the one type that the operator takes. */
        private static IValue noScalars() {
            return new IValue(new GenericList(torch.parseSchema("plumbline::none(Scalar? x) -> ()")
                            .arguments()
                            .type()))
                    .retainReference();
        }

        static boolean takes(Tensor weight, Device device) {
            return weight.device().equals(Device.CPU)
                    && device.equals(Device.CPU)
                    && (weight.dtype() == DType.F32 || weight.dtype() == DType.BF16)
                    && torch.hasMKLDNN()
                    && Trial.WORKS.computeIfAbsent(weight.dtype(), Trial::works);
        }

        static Tensor pack(Tensor weight) {
            IValueVector stack = new IValueVector(new IValue(weight.raw()), NONE);
            try {
                PACK.callBoxed(stack);
            } catch (RuntimeException e) {
                throw new TorchException("pack", e, weight);
            }
            return result(stack);
        }

        /** A tensor of its own: the stack gives out a reference, which dies with it. */
        private static Tensor result(IValueVector stack) {
            return Tensor.wrap(new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()));
        }

        static Tensor linear(Tensor x, Tensor weight, Optional<Tensor> bias) {
            IValueVector stack = new IValueVector(
                    new IValue(x.raw()),
                    new IValue(weight.raw()),
                    bias.map(b -> new IValue(b.raw())).orElse(NONE),
                    NO_ACTIVATION,
                    NO_SCALARS,
                    NO_ALGORITHM);
            try {
                LINEAR.callBoxed(stack);
            } catch (RuntimeException e) {
                throw new TorchException("linear", e, x, weight);
            }
            return result(stack);
        }
    }

    /** Whether oneDNN can do it here, found by trying: it needs a build that has it, and for bf16 a processor that does. */
    private static final class Trial {
        private static final Map<DType, Boolean> WORKS = new ConcurrentHashMap<>();

        static boolean works(DType dtype) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor weight = Tensor.zeros(dtype, Device.CPU, 16, 16);
                Tensor product = OneDnn.linear(weight, OneDnn.pack(weight), Optional.empty());
                return product.size(0) == 16;
            } catch (RuntimeException | ExceptionInInitializerError e) {
                return false;
            }
        }
    }
}
