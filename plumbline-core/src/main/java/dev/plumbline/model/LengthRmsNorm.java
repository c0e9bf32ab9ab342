package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import java.util.Optional;

/**
 * RMS norm (Zhang and Sennrich 2019) by the lengths of vectors, {@code x / sqrt(|x|² / D + eps) · gain}, computed in fp32: more
 * operations than {@link MirroredRmsNorm} has, but most of them on one number for each vector.
 *
 * @param gain in fp32, {@code [D]}; without one nothing is multiplied
 * @param eps in fp32, {@code [1]}
 */
record LengthRmsNorm(Optional<Tensor> gain, Tensor eps) implements Norm {
    @Override
    public Tensor apply(Tensor x) {
        return Pieces.map(x, (piece, first) -> normalised(piece.to(DType.F32)));
    }

    private Tensor normalised(Tensor x) {
        Tensor lengths = x.lengths();
        Tensor scaled = x.mul(eps.addProduct(lengths, lengths, 1.0 / x.size(-1)).rsqrt());
        return gain.map(scaled::mulInPlace).orElse(scaled);
    }
}
