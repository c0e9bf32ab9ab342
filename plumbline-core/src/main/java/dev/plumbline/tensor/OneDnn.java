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

/** oneDNN's products on the CPU: operators that libtorch has for its compiler, and no header for. */
final class OneDnn {

    private OneDnn() {}

    /** Whether it can be had here for a type. */
    static boolean multiplies(DType dtype) {
        return Trial.WORKS.computeIfAbsent(dtype, Trial::works);
    }

    /** A weight {@code [out, in]} in the layout that it is multiplied fastest in. */
    static Tensor pack(Tensor weight) {
        IValueVector stack = new IValueVector(new IValue(weight.raw()), Operators.NONE);
        try {
            Operators.PACK.callBoxed(stack);
        } catch (RuntimeException e) {
            throw new TorchException("pack", e, weight);
        }
        return result(stack);
    }

    /** A tensor of its own: the stack gives out a reference, which dies with it. */
    private static Tensor result(IValueVector stack) {
        return Tensor.wrap(new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()));
    }

    /** {@code x @ weightᵀ + bias}, with a weight that is packed or not. */
    static Tensor linear(Tensor x, Tensor weight, Optional<Tensor> bias) {
        IValueVector stack = new IValueVector(
                new IValue(x.raw()),
                new IValue(weight.raw()),
                bias.map(b -> new IValue(b.raw())).orElse(Operators.NONE),
                Operators.NO_ACTIVATION,
                Operators.NO_SCALARS,
                Operators.NO_ALGORITHM);
        try {
            Operators.LINEAR.callBoxed(stack);
        } catch (RuntimeException e) {
            throw new TorchException("linear", e, x, weight);
        }
        return result(stack);
    }

    /** Looked up when first needed: not every build of libtorch has them. */
    private static final class Operators {
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
    }

    /** Found by trying: it needs a build that has it, and for bf16 a processor that does. */
    private static final class Trial {
        private static final Map<DType, Boolean> WORKS = new ConcurrentHashMap<>();

        static boolean works(DType dtype) {
            if ((dtype != DType.F32 && dtype != DType.BF16) || !torch.hasMKLDNN()) {
                return false;
            }
            try (TensorScope scope = TensorScope.open()) {
                Tensor weight = Tensor.zeros(dtype, Device.CPU, 16, 16);
                return OneDnn.linear(weight, OneDnn.pack(weight), Optional.empty())
                                .size(0)
                        == 16;
            } catch (RuntimeException | LinkageError e) {
                return false;
            }
        }
    }
}
