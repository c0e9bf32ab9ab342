package dev.plumbline.artifact;

import dev.plumbline.tensor.DType;
import java.util.Map;
import java.util.Optional;

/** Every name that a pickle may import, in one list. Nothing else exists, so there is nothing else to call. */
sealed interface PickleGlobal {

    /** Something that a pickle may call with arguments; {@link PickleCalls} says what comes of it. */
    enum Function implements PickleGlobal {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_TYPED_TENSOR,
        REBUILD_PARAMETER,
        SIZE,
        DEVICE,
        NUMPY_DTYPE,
        NUMPY_SCALAR,
        ENCODE
    }

    /** By module and name. */
    Map<String, Function> FUNCTIONS = Map.of(
            "collections OrderedDict", Function.ORDERED_DICT,
            "torch._utils _rebuild_tensor_v2", Function.REBUILD_TENSOR,
            "torch._utils _rebuild_tensor_v3", Function.REBUILD_TYPED_TENSOR,
            "torch._utils _rebuild_parameter", Function.REBUILD_PARAMETER,
            "torch Size", Function.SIZE,
            "torch device", Function.DEVICE,
            "numpy dtype", Function.NUMPY_DTYPE,
            "numpy.core.multiarray scalar", Function.NUMPY_SCALAR,
            "numpy._core.multiarray scalar", Function.NUMPY_SCALAR,
            "_codecs encode", Function.ENCODE);

    /** The class of a storage; it types the tensors over it. */
    record Storage(DType dtype) implements PickleGlobal {}

    /** A dtype used as a value. */
    record Dtype(DType dtype, String name) implements PickleGlobal {}

    static PickleGlobal named(String module, String name) {
        return find(module, name)
                .orElseThrow(() -> new PickleException("refused to import '" + module + "." + name
                        + "': a .pt file read here may hold only tensors, dicts, lists, strings and numbers"));
    }

    private static Optional<? extends PickleGlobal> find(String module, String name) {
        if (module.equals("torch") || module.equals("torch.storage")) {
            if (name.equals("UntypedStorage")) {
                return Optional.of(new Storage(DType.U8));
            }
            Optional<DType> storage = TorchTypes.ofStorage(name);
            if (storage.isPresent()) {
                return storage.map(Storage::new);
            }
            Optional<DType> dtype = TorchTypes.ofDtype(name);
            if (dtype.isPresent()) {
                return dtype.map(type -> new Dtype(type, "torch." + name));
            }
        }
        return Optional.ofNullable(FUNCTIONS.get(module + " " + name));
    }
}
