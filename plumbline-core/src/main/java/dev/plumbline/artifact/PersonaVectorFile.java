package dev.plumbline.artifact;

import dev.plumbline.direction.LayerVectors;
import dev.plumbline.direction.PersonaVector;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.file.Path;

/**
 * {@code <trait>_response_avg_diff.pt} and its like, of persona_vectors: one tensor {@code [L + 1, D]}. Its row 0 is of the
 * embeddings and its row {@code i} of block {@code i - 1}; here rows are blocks, and only this class knows of the shift.
 */
public final class PersonaVectorFile {

    private PersonaVectorFile() {}

    /**
     * Reads the vectors of the blocks, and drops that of the embeddings.
     *
     * @throws MalformedArtifactException if the file holds something else
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static PersonaVector read(Path file, String trait) {
        try (PtFile pt = PtFile.open(file)) {
            requireShifted(file);
            float[][] rows = LayerVectorsFormat.rows(LayerVectorsFormat.stack(file, pt.root(), "its content"));
            return new PersonaVector(
                    trait, LayerVectorsFormat.vectors(file, "its content", LayerVectorsFormat.blocks(file, rows)));
        }
    }

    /** What lies beside a file may say that its rows are blocks; shifting those would be off by one layer. */
    private static void requireShifted(Path file) {
        Sidecar.read(file)
                .filter(sidecar -> sidecar.rows() == RowConvention.BLOCKS)
                .ifPresent(sidecar -> {
                    throw new MalformedArtifactException(
                            file,
                            "has rows that are blocks, says " + Sidecar.beside(file)
                                    + "; expected a row for the embeddings before them");
                });
    }

    /**
     * Writes fp32, with zeros for the embeddings.
     *
     * @throws IllegalArgumentException if the vector is not of the outputs of all blocks from the first on
     */
    public static void write(Path file, PersonaVector vector) {
        write(file, vector.vectors(), DType.F32);
    }

    static void write(Path file, LayerVectors vectors, DType dtype) {
        TensorData blocks = LayerVectorsFormat.plain(file, vectors).data();
        float[] values = new float[(vectors.nLayers() + 1) * vectors.dModel()];
        blocks.bytes().asFloatBuffer().get(values, vectors.dModel(), values.length - vectors.dModel());
        Sidecar.forget(file);
        TensorData stack = TensorData.ofFloats(values, vectors.nLayers() + 1L, vectors.dModel());
        PtWriter.write(file, PtTensor.of(stack.to(dtype)));
    }
}
