package dev.plumbline.checkpoint;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Weights that are views of mapped files where type and place allow it; a mapping is given back when its last view dies. */
final class MappedWeights implements Weights {

    private final Checkpoint checkpoint;
    private final DType dtype;
    private final Device device;
    private final LinearWeight.Layout layout;
    private final Map<Path, Tensor> mappings = new HashMap<>();
    private final WeightReader reader = new WeightReader();
    private final List<Runnable> owned = new ArrayList<>();
    private final Set<String> unused;

    MappedWeights(Checkpoint checkpoint, DType dtype, Device device, LinearWeight.Layout layout) {
        this.checkpoint = checkpoint;
        this.dtype = dtype;
        this.device = device;
        this.layout = layout;
        this.unused = new LinkedHashSet<>(checkpoint.tensors().keySet());
        try (TensorScope scope = TensorScope.open()) {
            for (SafetensorsFile file : checkpoint.files()) {
                mappings.put(file.path(), Tensor.map(file.path(), file.size()).keep());
            }
        }
    }

    @Override
    public Tensor take(String name, long... shape) {
        return take(name, dtype, shape);
    }

    @Override
    public Tensor takeInF32(String name, long... shape) {
        return take(name, DType.F32, shape);
    }

    private Tensor take(String name, DType type, long... shape) {
        StoredTensor stored = stored(name, shape);
        try (TensorScope scope = TensorScope.open()) {
            return own(view(stored).to(type).to(device));
        }
    }

    @Override
    public Tensor takeJoined(List<String> names, List<Long> sizes) {
        List<StoredTensor> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(stored(names.get(i), sizes.get(i)));
        }
        try (TensorScope scope = TensorScope.open()) {
            return own(reader.read(parts, dtype).copyTo(device));
        }
    }

    @Override
    public LinearWeight takeLinear(List<String> names, List<Long> rows, long columns) {
        List<StoredTensor> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(stored(names.get(i), rows.get(i), columns));
        }
        return linear(parts, reader, UnaryOperator.identity());
    }

    @Override
    public LinearWeight takeLinear(String name, long[] stored, long rows, long columns, UnaryOperator<Tensor> ordered) {
        return linear(List.of(stored(name, stored)), reader, ordered);
    }

    @Override
    public LinearWeight takeLinearOf(String name, Stacking stacking, int count, int index, long rows, long columns) {
        StoredTensor one = stored(name, stacking.shape(count, rows, columns)).part(index);
        try (TensorScope scope = TensorScope.open()) {
            Tensor read = reader.read(List.of(one), dtype);
            return own(LinearWeight.copyOf(
                    switch (stacking) {
                        case ROWS -> read;
                        case COLUMNS -> read.transpose(0, 1).contiguous();
                        case ALTERNATING_COLUMNS ->
                            read.view(columns, rows / 2, 2).transpose(0, 2).reshape(rows, columns);
                    },
                    device,
                    layout));
        }
    }

    @Override
    public Supplier<LinearWeight> takeLinearLater(String name, long rows, long columns) {
        return new Later(stored(name, rows, columns));
    }

    /** A weight that is read once, by whoever needs it first. */
    private final class Later implements Supplier<LinearWeight> {
        private final StoredTensor stored;
        private @Nullable LinearWeight weight;

        Later(StoredTensor stored) {
            this.stored = stored;
        }

        @Override
        public synchronized LinearWeight get() {
            if (weight == null) {
                try (WeightReader own = new WeightReader()) {
                    weight = linear(List.of(stored), own, UnaryOperator.identity());
                }
            }
            return weight;
        }
    }

    private LinearWeight linear(List<StoredTensor> parts, WeightReader from, UnaryOperator<Tensor> ordered) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor read = ordered.apply(from.read(parts, dtype)).contiguous();
            return own(LinearWeight.copyOf(read, device, layout));
        }
    }

    private LinearWeight own(LinearWeight weight) {
        owned.add(weight.keep()::close);
        return weight;
    }

    private StoredTensor stored(String name, long... shape) {
        StoredTensor stored = checkpoint.tensors().get(name);
        if (stored == null) {
            throw new MalformedCheckpointException(checkpoint.directory(), "has no tensor \"" + name + "\"");
        }
        if (!Arrays.equals(stored.shape(), shape)) {
            throw new MalformedCheckpointException(
                    stored.file(),
                    "tensor \"" + name + "\" has shape " + Arrays.toString(stored.shape()) + "; config.json asks for "
                            + Arrays.toString(shape));
        }
        unused.remove(name);
        return stored;
    }

    private Tensor view(StoredTensor stored) {
        Tensor bytes = mapping(stored).narrow(0, stored.offset(), stored.bytes());
        boolean aligned = stored.offset() % stored.dtype().bytes() == 0;
        return (aligned ? bytes : bytes.copy()).viewAs(stored.dtype()).view(stored.shape());
    }

    @Override
    public Tensor own(Tensor made) {
        owned.add(made.keep()::close);
        return made;
    }

    private Tensor mapping(StoredTensor stored) {
        Tensor mapping = mappings.get(stored.file());
        if (mapping == null) {
            throw new IllegalStateException("The weights were sealed; " + stored + " can no longer be taken");
        }
        return mapping;
    }

    @Override
    public Set<String> unused() {
        return Set.copyOf(unused);
    }

    @Override
    public DType dtype() {
        return dtype;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void seal() {
        mappings.values().forEach(Tensor::close);
        mappings.clear();
        reader.close();
    }

    @Override
    public void close() {
        seal();
        owned.forEach(Runnable::run);
        owned.clear();
    }
}
