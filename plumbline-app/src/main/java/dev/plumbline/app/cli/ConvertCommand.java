package dev.plumbline.app.cli;

import dev.plumbline.artifact.RowConvention;
import dev.plumbline.artifact.StoredVectors;
import dev.plumbline.artifact.VectorFile;
import dev.plumbline.tensor.DType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Takes vectors from one format to another. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = {
            "Convert an axis, role, trait or control vector between .pt, .safetensors, .npy, .npz and .gguf.",
            "",
            "Layers and provenance travel along, inside the file or in a .meta.json beside it. The files of persona_vectors"
                    + " are one row off (row 0 is the embeddings): that is never guessed, say it with --rows and --out-rows."
        },
        footer = {
            "",
            "Examples:",
            "  plumb convert axis.pt axis.safetensors",
            "  plumb convert axis.pt published.pt --dtype bf16",
            "  plumb convert axis.pt axis.gguf      (for llama.cpp --control-vector)",
            "  plumb convert evil_response_avg_diff.pt evil.pt --rows embeddings-first",
            "  plumb convert evil.pt evil_response_avg_diff.pt --out-rows embeddings-first",
            "  plumb convert lu-christina/assistant-axis-vectors/qwen-3-32b/assistant_axis.pt axis.gguf"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "The file to read; its format is told by its content." + InputFile.OR_IN_HUB)
    private InputFile in = new InputFile("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; its format is told by its name.")
    private Path out = Path.of("");

    @Option(
            names = "--rows",
            converter = Rows.class,
            paramLabel = "ROWS",
            description = "What the rows of IN are: blocks or embeddings-first. Default: what the file says; blocks if"
                    + " neither it nor its name says anything.")
    private @Nullable RowConvention rows;

    @Option(
            names = "--out-rows",
            converter = Rows.class,
            defaultValue = "blocks",
            paramLabel = "ROWS",
            description = "What the rows of OUT are to be; embeddings-first only for .pt. Default: ${DEFAULT-VALUE}.")
    private RowConvention outRows = RowConvention.BLOCKS;

    @Option(
            names = "--dtype",
            defaultValue = "f32",
            paramLabel = "TYPE",
            description =
                    "Type of the numbers in OUT: f32, bf16 (as published; not in NumPy's formats) or f16; GGUF has"
                            + " f32 only. Default: ${DEFAULT-VALUE}.")
    private DType dtype = DType.F32;

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    /** A convention by its id. */
    private static final class Rows implements ITypeConverter<RowConvention> {
        @Override
        public RowConvention convert(String value) {
            try {
                return RowConvention.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = in.file();
        StoredVectors vectors = Optional.ofNullable(rows)
                .map(convention -> VectorFile.read(file, convention))
                .orElseGet(() -> VectorFile.read(file));
        if (outRows == RowConvention.EMBEDDINGS_FIRST) {
            VectorFile.writeEmbeddingsFirst(out, vectors, dtype);
        } else {
            VectorFile.write(out, vectors, dtype);
        }
        notes(vectors);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("out", out.toString());
            object.put("subject", vectors.subject().text());
            object.put("point", vectors.vectors().point());
            object.put("layers", vectors.vectors().layers());
            object.put("d_model", vectors.vectors().dModel());
            object.put("rows", outRows.id());
            object.put("dtype", dtype);
            console.json(object);
        } else {
            int[] layers = vectors.vectors().layers();
            console.data(out + ": " + vectors.subject().text() + ", " + layers.length + " layers from " + layers[0]
                    + " to " + layers[layers.length - 1] + ", "
                    + vectors.vectors().dModel() + " components each");
        }
        return ExitCode.OK;
    }

    private void notes(StoredVectors vectors) {
        if (rows == RowConvention.EMBEDDINGS_FIRST) {
            console.note("plumb: dropped the row of the embeddings; row i of " + in + " is layer i - 1 now");
            console.note("plumb: persona_vectors takes its last row after the model's final norm: do not steer layer "
                    + Arrays.stream(vectors.vectors().layers()).max().orElseThrow() + " with it");
        }
        if (outRows == RowConvention.EMBEDDINGS_FIRST) {
            console.note("plumb: wrote zeros for the embeddings; layer i is row i + 1 of " + out);
        }
        if (out.toString().endsWith(".gguf") && vectors.vectors().layers()[0] == 0) {
            console.note("plumb: llama.cpp cannot steer layer 0; its row is kept in the metadata");
        }
    }
}
