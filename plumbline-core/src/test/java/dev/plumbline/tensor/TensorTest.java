package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F64", "F32", "F16", "BF16"})
    void plainDataSurvivesTheRoundTripInEveryFloatType(DType dtype) {
        float[] values = {1, -2, 0.5f, 0, 96, -0.125f};
        try (TensorScope scope = TensorScope.open()) {
            TensorData data = Tensor.of(values, 2, 3).to(dtype).toData();

            assertThat(data.dtype()).isEqualTo(dtype);
            assertThat(data.shape()).containsExactly(2, 3);
            assertThat(data.toFloats()).containsExactly(values);
            assertThat(Tensor.of(data).toData()).isEqualTo(data);
        }
    }

    @Test
    void viewsLeaveInRowMajorOrder() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor matrix = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

            assertThat(matrix.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(matrix.narrow(1, 1, 2).toData().toFloats()).containsExactly(2, 3, 5, 6);
            assertThat(matrix.select(0, 1).sharesMemoryWith(matrix.narrow(0, 1, 1)))
                    .isTrue();
        }
    }

    @Test
    void emptyTensorsAndScalarsCopy() {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(Tensor.of(new float[0], 0, 5).toData().shape()).containsExactly(0, 5);
            assertThat(Tensor.of(new float[] {7}).item()).isEqualTo(7);
        }
    }

    @Test
    void symmetricEigenReconstructsTheMatrix() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor a =
                    Tensor.of(new float[] {2, 1, 0, 1, 3, -1, 0, -1, 4}, 3, 3).to(DType.F64);

            Tensor.Eigen eigen = a.symmetricEigen();

            float[] values = eigen.values().toFloats();
            assertThat(values).isSorted();
            Tensor vectors = eigen.vectors();
            Tensor rebuilt = vectors.mul(eigen.values()).matmul(vectors.transpose(0, 1));
            assertThat(rebuilt.sub(a).norm()).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void normAndMeanAgreeWithArithmetic() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensor.of(new float[] {3, 4, 1, 0}, 2, 2);

            assertThat(x.norm()).isCloseTo(Math.sqrt(26), within(1e-6));
            assertThat(x.mean(0).toFloats()).containsExactly(2, 2);
        }
    }

    @Test
    void nativeErrorsNameTheOperationAndTheShapes() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor a = Tensor.zeros(DType.F32, Device.CPU, 2, 3);
            Tensor b = Tensor.zeros(DType.F32, Device.CPU, 2, 3);

            assertThatThrownBy(() -> a.matmul(b))
                    .isInstanceOf(TorchException.class)
                    .hasMessageStartingWith("matmul(F32[2, 3], F32[2, 3]): ");
        }
    }

    @Test
    void wrongShapesAreRefusedWithBothShapes() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor direction = Tensor.zeros(DType.F32, Device.CPU, 4096);

            assertThat(Shapes.require(direction, "Direction", Shapes.ANY)).isSameAs(direction);
            assertThatThrownBy(() -> Shapes.require(direction, "Direction at layer 32", 5120))
                    .hasMessage("Direction at layer 32 has shape [4096]; expected [5120]");
        }
    }

    @Test
    void mappedFilesAreReadInPlace(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("bytes");
        Files.write(file, new byte[] {0, 0, (byte) 0x80, 0x3f, 0x00, 0x40, 0x40, (byte) 0xc0});
        try (TensorScope scope = TensorScope.open()) {
            Tensor bytes = Tensor.map(file, 8);

            assertThat(bytes.narrow(0, 2, 4).viewAs(DType.BF16).toFloats()).containsExactly(1, 2);
            assertThat(bytes.narrow(0, 4, 4).viewAs(DType.F32).sharesMemoryWith(bytes.narrow(0, 4, 1)))
                    .isTrue();
        }
    }
}
