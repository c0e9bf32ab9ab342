package dev.plumbline.artifact;

import dev.plumbline.checkpoint.SafetensorsFile;
import dev.plumbline.checkpoint.StoredTensor;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.direction.RoleVector;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.steer.ModelSettings;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Vectors {@code [L, D]} in any of the formats: {@code .pt} of the Assistant Axis and of persona_vectors, safetensors,
 * {@code .npy}, {@code .npz} and GGUF control vectors. The format read is told by the content, the one written by the name.
 *
 * <p>Layers and provenance travel along: inside the file where it has room (safetensors, GGUF), else beside it. Rows of
 * persona_vectors' convention are shifted here, once, and never by guessing: a bare tensor that looks like one of theirs is
 * refused until the caller says which convention it has.
 */
public final class VectorFile {

    /** How persona_vectors calls its files. */
    private static final Pattern SHIFTED_NAME = Pattern.compile(".*_(prompt_avg|response_avg|prompt_last)_diff\\b.*");

    private static final String VECTORS = "vectors";
    private static final String LAYERS = "layers";

    private VectorFile() {}

    /** What to make of the rows of a file: those that say what they are, and those that do not. */
    private interface Rows {
        /** Whether rows that say so may have this convention. */
        boolean admit(RowConvention said);

        /** The convention of a stack {@code [rows, D]} that says nothing. */
        RowConvention of(Path file, TensorData stack);
    }

    /**
     * Reads vectors whose file says which layers they are of, or whose name and shape leave no doubt.
     *
     * @throws MalformedArtifactException if the file is damaged, holds something else, or may have either convention
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static StoredVectors read(Path file) {
        return read(file, new Rows() {
            @Override
            public boolean admit(RowConvention said) {
                return true;
            }

            @Override
            public RowConvention of(Path path, TensorData stack) {
                return requireUnambiguous(path, stack);
            }
        });
    }

    /**
     * Reads vectors whose rows are known to have a convention.
     *
     * @throws MalformedArtifactException if the file says otherwise, is damaged or holds something else
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static StoredVectors read(Path file, RowConvention rows) {
        return read(file, new Rows() {
            @Override
            public boolean admit(RowConvention said) {
                return said == rows;
            }

            @Override
            public RowConvention of(Path path, TensorData stack) {
                return rows;
            }
        });
    }

    /**
     * Reads vectors for a model, whose number of layers tells the conventions apart.
     *
     * @param nLayers layers of the model
     * @param dModel width of its residual stream
     * @throws MalformedArtifactException if the vectors are of another model, or the file is damaged or holds something else
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static StoredVectors read(Path file, int nLayers, int dModel) {
        StoredVectors stored = read(file, new Rows() {
            @Override
            public boolean admit(RowConvention said) {
                return true;
            }

            @Override
            public RowConvention of(Path path, TensorData stack) {
                long rows = stack.shape()[0];
                if (rows != nLayers && rows != nLayers + 1L) {
                    throw new MalformedArtifactException(
                            path,
                            "has " + rows + " rows; the model has " + nLayers
                                    + " layers, so these are of another model");
                }
                return rows == nLayers ? RowConvention.BLOCKS : RowConvention.EMBEDDINGS_FIRST;
            }
        });
        int[] layers = stored.vectors().layers();
        if (layers[layers.length - 1] >= nLayers) {
            throw new MalformedArtifactException(
                    file,
                    "has a vector for layer " + layers[layers.length - 1] + "; the model has layers 0 to "
                            + (nLayers - 1) + ", so these are of another model");
        }
        if (stored.vectors().dModel() != dModel) {
            throw new MalformedArtifactException(
                    file,
                    "has vectors of " + stored.vectors().dModel() + " components; the model is " + dModel
                            + " wide, so these are of another model");
        }
        return stored;
    }

    private static StoredVectors read(Path file, Rows asked) {
        return switch (FileFormat.of(file)) {
            case TORCH -> torch(file, asked);
            case SAFETENSORS -> safetensors(file, asked);
            case NPY -> stack(file, NpyFile.read(file), asked, new Subject.Unknown());
            case NPZ -> npz(file, asked);
            case GGUF -> {
                requireAdmitted(file, asked, RowConvention.BLOCKS);
                yield ControlVectorFile.read(file);
            }
            case UNKNOWN -> throw new MalformedArtifactException(file, FileFormat.unknown(file));
            default ->
                throw new MalformedArtifactException(
                        file, "holds no vectors that are read; expected .pt, .safetensors, .npy, .npz or .gguf");
        };
    }

    private static StoredVectors torch(Path file, Rows asked) {
        try (PtFile pt = PtFile.open(file)) {
            if (!(pt.root() instanceof PtValue.Dict dict)) {
                return stack(file, LayerVectorsFormat.stack(file, pt.root(), "its content"), asked, subject(file));
            }
            if (dict.get("axis").isPresent()) {
                return stack(
                        file,
                        LayerVectorsFormat.stack(file, dict.get("axis").get(), "'axis'"),
                        asked,
                        new Subject.Axis());
            }
        }
        requireAdmitted(file, asked, RowConvention.BLOCKS);
        RoleVector role = RoleVectorFile.read(file);
        return described(file, role.vectors(), new Subject.Role(role.role(), role.kind()));
    }

    /** What the name of a bare tensor's file says. */
    private static Subject subject(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[a-z]+$", "");
        if (name.equals("axis") || name.equals("assistant_axis")) {
            return new Subject.Axis();
        }
        return SHIFTED_NAME.matcher(name).matches()
                ? new Subject.Trait(name.replaceFirst("_(prompt_avg|response_avg|prompt_last)_diff.*", ""))
                : new Subject.Unknown();
    }

    private static StoredVectors safetensors(Path file, Rows asked) {
        SafetensorsFile stored = SafetensorsFile.read(file);
        StoredTensor tensor = stored.tensors().get(VECTORS);
        if (tensor == null && stored.tensors().size() == 1) {
            tensor = stored.tensors().values().iterator().next();
        }
        if (tensor == null) {
            throw new MalformedArtifactException(
                    file,
                    "has " + stored.tensors().size() + " tensors and none is called \"" + VECTORS
                            + "\"; expected one tensor [layers, d_model]");
        }
        TensorData stack = requireStack(file, stored.load(tensor.name()));
        Optional<int[]> layers = VectorLabels.layers(file, stored.metadata());
        if (layers.isEmpty()) {
            return stack(file, stack, asked, new Subject.Unknown());
        }
        requireAdmitted(file, asked, RowConvention.BLOCKS);
        HookPoint point = VectorLabels.point(file, stored.metadata());
        return VectorLabels.describe(
                file,
                LayerVectorsFormat.vectors(
                        file, "\"" + tensor.name() + "\"", point, layers.get(), LayerVectorsFormat.rows(stack)),
                stored.metadata());
    }

    private static StoredVectors npz(Path file, Rows asked) {
        Map<String, TensorData> arrays = NpzFile.read(file);
        TensorData vectors = arrays.get(VECTORS);
        if (vectors == null && arrays.size() == 1) {
            vectors = arrays.values().iterator().next();
        }
        if (vectors == null) {
            throw new MalformedArtifactException(
                    file,
                    "has the arrays " + arrays.keySet() + "; expected one [layers, d_model], or \"" + VECTORS
                            + "\" and \"" + LAYERS + "\"");
        }
        TensorData layers = arrays.get(LAYERS);
        if (layers == null || Sidecar.read(file).isPresent()) {
            return stack(file, vectors, asked, new Subject.Unknown());
        }
        requireAdmitted(file, asked, RowConvention.BLOCKS);
        return StoredVectors.of(LayerVectorsFormat.vectors(
                file,
                "\"" + VECTORS + "\"",
                HookPoint.RESID_POST,
                layerIds(file, layers),
                LayerVectorsFormat.rows(requireStack(file, vectors))));
    }

    private static int[] layerIds(Path file, TensorData layers) {
        if (layers.dtype() != DType.I64 || layers.shape().length != 1) {
            throw new MalformedArtifactException(
                    file, "has \"" + LAYERS + "\" as " + layers + "; expected I64[layers]");
        }
        try {
            ByteBuffer ids = layers.bytes();
            return IntStream.range(0, (int) layers.numel())
                    .map(i -> Math.toIntExact(ids.getLong(i * Long.BYTES)))
                    .toArray();
        } catch (ArithmeticException e) {
            throw new MalformedArtifactException(file, "names layers beyond any model under \"" + LAYERS + "\"");
        }
    }

    /** A tensor that does not say which layers its rows are of; what lies beside the file may. */
    private static StoredVectors stack(Path file, TensorData tensor, Rows asked, Subject subject) {
        TensorData stack = requireStack(file, tensor);
        Optional<Sidecar> sidecar = Sidecar.read(file);
        if (sidecar.isPresent()) {
            RowConvention said = sidecar.get().rows();
            requireAdmitted(file, asked, said);
            return described(
                    file,
                    LayerVectorsFormat.read(file, stack, "its content"),
                    sidecar.get().subject() instanceof Subject.Unknown
                            ? subject
                            : sidecar.get().subject());
        }
        RowConvention rows = asked.of(file, stack);
        float[][] all = LayerVectorsFormat.rows(stack);
        LayerVectors vectors = LayerVectorsFormat.vectors(
                file,
                "its content",
                rows == RowConvention.EMBEDDINGS_FIRST ? LayerVectorsFormat.blocks(file, all) : all);
        return StoredVectors.of(vectors).withSubject(subject);
    }

    private static StoredVectors described(Path file, LayerVectors vectors, Subject subject) {
        return new StoredVectors(
                vectors, subject, Provenance.read(file).orElseGet(() -> Provenance.of(Provenance.UNKNOWN, vectors)));
    }

    private static TensorData requireStack(Path file, TensorData tensor) {
        return LayerVectorsFormat.stack(file, PtTensor.of(tensor), "its content");
    }

    private static void requireAdmitted(Path file, Rows asked, RowConvention said) {
        if (!asked.admit(said)) {
            throw new MalformedArtifactException(
                    file,
                    "has rows of the convention " + said.id() + " (" + said.words() + "); it was to be read otherwise");
        }
    }

    private static RowConvention requireUnambiguous(Path file, TensorData stack) {
        int rows = (int) stack.shape()[0];
        int dModel = (int) stack.shape()[1];
        boolean oneRowTooMany = ModelSettings.ofShape(rows - 1, dModel).isPresent()
                && ModelSettings.ofShape(rows, dModel).isEmpty();
        if (looksShifted(file) || oneRowTooMany) {
            throw new MalformedArtifactException(
                    file,
                    "is a bare tensor " + stack
                            + (oneRowTooMany
                                    ? ", one row more than a model of that width has blocks,"
                                    : " under a name of persona_vectors, whose row 0 is the embeddings,")
                            + " and says nothing of its rows; say whether they are "
                            + RowConvention.EMBEDDINGS_FIRST.id() + " or " + RowConvention.BLOCKS.id());
        }
        return RowConvention.BLOCKS;
    }

    /** Whether a file has a name that persona_vectors gives, so that its rows are probably shifted. */
    public static boolean looksShifted(Path file) {
        return SHIFTED_NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** {@link #write(Path, StoredVectors, DType)} in fp32. */
    public static void write(Path file, StoredVectors stored) {
        write(file, stored, DType.F32);
    }

    /**
     * Replaces {@code file} atomically, in the format that its name ends in.
     *
     * @param dtype fp32, or fp16 or bf16 where the format has it; the published files are bf16
     * @throws IllegalArgumentException if the name ends in no such format, or the format has no such type or cannot say what
     *     the vectors are of
     */
    public static void write(Path file, StoredVectors stored, DType dtype) {
        TensorData tensor = stored.vectors().toTensor().to(dtype);
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1);
        requireIn(ending, dtype);
        switch (ending) {
            case "pt" -> writeTorch(file, stored, PtTensor.of(tensor));
            case "safetensors" -> {
                Sidecar.forget(file);
                SafetensorsWriter.write(file, Map.of(VECTORS, tensor), VectorLabels.of(stored));
            }
            case "npy" -> {
                sidecar(stored, RowConvention.BLOCKS).write(file);
                NpyFile.write(file, tensor);
            }
            case "npz" -> {
                sidecar(stored, RowConvention.BLOCKS).write(file);
                Map<String, TensorData> arrays = new LinkedHashMap<>();
                arrays.put(VECTORS, tensor);
                arrays.put(LAYERS, layerIds(stored.vectors()));
                NpzFile.write(file, arrays);
            }
            case "gguf" -> {
                Sidecar.forget(file);
                ControlVectorFile.write(file, stored);
            }
            default ->
                throw new IllegalArgumentException(
                        "Cannot tell the format of " + file + "; expected .pt, .safetensors, .npy, .npz or .gguf");
        }
    }

    /** Before anything is written, beside the file or to it. */
    private static void requireIn(String ending, DType dtype) {
        boolean lacking =
                switch (ending) {
                    case "npy", "npz" -> dtype == DType.BF16;
                    case "gguf" -> dtype != DType.F32;
                    default -> false;
                };
        if (lacking) {
            throw new IllegalArgumentException("Vectors cannot be " + dtype + " in ." + ending + "; " + DType.F32
                    + (ending.equals("gguf") ? " can" : " and " + DType.F16 + " can"));
        }
    }

    /**
     * Writes a {@code .pt} of persona_vectors, with zeros for the embeddings, and says so beside it.
     *
     * @param dtype fp32, fp16 or bf16
     * @throws IllegalArgumentException if the vectors are not of the outputs of all blocks from the first on
     */
    public static void writeEmbeddingsFirst(Path file, StoredVectors stored, DType dtype) {
        PersonaVectorFile.write(file, stored.vectors(), dtype);
        sidecar(stored, RowConvention.EMBEDDINGS_FIRST).write(file);
    }

    private static void writeTorch(Path file, StoredVectors stored, PtTensor tensor) {
        sidecar(stored, RowConvention.BLOCKS).write(file);
        PtWriter.write(
                file,
                stored.subject() instanceof Subject.Role role
                        ? RoleVectorFile.dict(role.name(), role.kind(), tensor)
                        : tensor);
    }

    private static Sidecar sidecar(StoredVectors stored, RowConvention rows) {
        return new Sidecar(provenance(stored), rows, stored.subject());
    }

    /** The provenance, which must be of these vectors. */
    private static Provenance provenance(StoredVectors stored) {
        Provenance known = stored.provenance();
        Provenance own = Provenance.of(known.model(), stored.vectors());
        return own.withRevision(known.revision())
                .withDtype(known.dtype())
                .withTemplateHash(known.templateHash())
                .withMethod(known.method())
                .withSource(known.source());
    }

    private static TensorData layerIds(LayerVectors vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.nLayers() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int layer : vectors.layers()) {
            bytes.putLong(layer);
        }
        return new TensorData(DType.I64, new long[] {vectors.nLayers()}, bytes.flip());
    }
}
