package dev.plumbline.nano.train;

/**
 * Sizes of the organism, a decoder of the Qwen3 architecture with tied embeddings.
 *
 * @param vocabSize V, ids
 * @param nLayers L, blocks
 * @param dModel D, width of the residual stream
 * @param nHeads H, query heads
 * @param nKvHeads K, key and value heads; divides H
 * @param headDim E, width of a head; even
 * @param dMlp F, hidden width of the gated MLP
 */
public record Shape(int vocabSize, int nLayers, int dModel, int nHeads, int nKvHeads, int headDim, int dMlp) {

    static final double ROPE_THETA = 10_000;
    static final double NORM_EPS = 1e-6;
    /** Longest context the checkpoint is declared for; training conversations are shorter. */
    static final int MAX_POSITIONS = 1024;

    public Shape {
        if (vocabSize < 1 || nLayers < 1 || dModel < 1 || nHeads < 1 || nKvHeads < 1 || headDim < 2 || dMlp < 1) {
            throw new IllegalArgumentException("Sizes must be positive");
        }
        if (nHeads % nKvHeads != 0 || headDim % 2 != 0) {
            throw new IllegalArgumentException("Expected " + nHeads + " heads to be a multiple of " + nKvHeads
                    + " kv heads, and an even head width, found " + headDim);
        }
    }

    /** The bundled model's sizes for a vocabulary. */
    public static Shape bundled(int vocabSize) {
        return new Shape(vocabSize, 6, 192, 6, 2, 32, 512);
    }
}
