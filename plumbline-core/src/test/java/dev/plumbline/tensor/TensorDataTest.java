package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TensorDataTest {
    @Test
    void floatsComeBackAsTheyWere() {
        float[] values = {0f, -0f, 1.5f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, -3e38f};

        assertThat(TensorData.ofFloats(values, 2, 3).toFloats()).containsExactly(values);
    }

    @Test
    void brainFloatsWiden() {
        TensorData data = new TensorData(DType.BF16, new long[] {2}, shorts(0x3f80, 0xc2c8));

        assertThat(data.toFloats()).containsExactly(1f, -100f);
    }

    @Test
    void halvesWiden() {
        TensorData data = new TensorData(
                DType.F16, new long[] {7}, shorts(0x3c00, 0xc000, 0x0001, 0x8001, 0x7bff, 0x7c00, 0x8000));

        assertThat(data.toFloats()).containsExactly(1f, -2f, 0x1p-24f, -0x1p-24f, 65504f, Float.POSITIVE_INFINITY, -0f);
    }

    @Test
    void everyHalfWidensAndNarrowsToItself() {
        int[] finite = IntStream.range(0, 1 << 16)
                .filter(half -> (half & 0x7c00) != 0x7c00 || (half & 0x3ff) == 0)
                .toArray();
        TensorData halves = new TensorData(DType.F16, new long[] {finite.length}, shorts(finite));

        assertThat(TensorData.ofFloats(halves.toFloats(), finite.length).to(DType.F16))
                .isEqualTo(halves);
    }

    @Test
    void halvesAreRoundedTiesToEven() {
        float[] values = {1 + 0x1p-11f, 1 + 0x3p-11f, 1 + 0x1.1p-11f, 0x1p-25f, 0x1.8p-24f, 65519};

        assertThat(TensorData.ofFloats(values, values.length).to(DType.F16).toFloats())
                .containsExactly(1, 1 + 0x1p-9f, 1 + 0x1p-10f, 0, 0x1p-23f, 65504);
        assertThatThrownBy(() -> TensorData.ofFloats(new float[] {65520}, 1).to(DType.F16))
                .hasMessage("Number 65520.0 is too large for F16");
    }

    @Test
    void sizeMustMatchShape() {
        assertThatThrownBy(() -> new TensorData(DType.F32, new long[] {3}, ByteBuffer.allocate(8)))
                .hasMessageContaining("F32[3] has 8 bytes; expected 12");
    }

    @Test
    void shapeMustNotOverflow() {
        assertThatThrownBy(() -> TensorData.numel(1L << 40, 1L << 40)).isInstanceOf(ArithmeticException.class);
    }

    private static ByteBuffer shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.flip();
    }
}
