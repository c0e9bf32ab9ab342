package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecesTest {

    private static Tensor random(int tokens, int width) {
        Random random = new Random(tokens);
        float[] values = new float[tokens * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, tokens, width);
    }

    @Test
    void manyTokensGiveWhatTheyGiveTogether() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = random(1000, 512);
            List<Long> beginnings = new ArrayList<>();

            Tensor inPieces = Pieces.map(x, (piece, first) -> {
                beginnings.add(first);
                return piece.mul(2).add(1);
            });

            assertThat(beginnings).containsExactly(0L, 384L, 768L);
            assertThat(inPieces.toFloats()).isEqualTo(x.mul(2).add(1).toFloats());
        }
    }

    @Test
    void fewTokensAreOnePiece() {
        try (TensorScope scope = TensorScope.open()) {
            List<Long> sizes = new ArrayList<>();

            Pieces.map(random(3, 512), (piece, first) -> {
                sizes.add(piece.size(0));
                return piece;
            });

            assertThat(sizes).containsExactly(3L);
        }
    }

    @Test
    void theResultHasTheTypeThatCameIn() {
        try (TensorScope scope = TensorScope.open()) {
            for (int tokens : List.of(3, 1000)) {
                Tensor x = random(tokens, 512).to(DType.BF16);

                Tensor result =
                        Pieces.map(x, (piece, first) -> piece.to(DType.F32).mul(3));

                assertThat(result.dtype()).isEqualTo(DType.BF16);
                assertThat(result.toFloats())
                        .isEqualTo(x.to(DType.F32).mul(3).to(DType.BF16).toFloats());
            }
        }
    }
}
