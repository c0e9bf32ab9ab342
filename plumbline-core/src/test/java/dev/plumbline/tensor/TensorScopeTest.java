package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class TensorScopeTest {

    private static Tensor ones() {
        return Tensor.full(1, DType.F32, Device.CPU, 4);
    }

    @Test
    void tensorsDieWithTheirScope() {
        Tensor dead;
        try (TensorScope scope = TensorScope.open()) {
            dead = ones();
        }

        assertThat(dead).hasToString("freed tensor");
        assertThatThrownBy(dead::toFloats)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its scope was closed");
    }

    @Test
    void keptTensorsLiveUntilClosed() {
        Tensor kept;
        try (TensorScope scope = TensorScope.open()) {
            kept = ones().keep();
        }

        assertThat(kept.toFloats()).containsOnly(1);
        kept.close();
        assertThat(kept).hasToString("freed tensor");
    }

    @Test
    void promotedTensorsLiveAsLongAsTheEnclosingScope() {
        Tensor promoted;
        try (TensorScope outer = TensorScope.open()) {
            try (TensorScope inner = TensorScope.open()) {
                promoted = inner.promote(ones());
            }
            assertThat(promoted.toFloats()).containsOnly(1);
        }

        assertThat(promoted).hasToString("freed tensor");
    }

    @Test
    void theOutermostScopeHasNothingToPromoteTo() {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> scope.promote(ones())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nothingIsMadeOutsideAScope() {
        assertThatThrownBy(TensorScopeTest::ones).hasMessageContaining("No TensorScope is open");
    }

    @Test
    void anExceptionLeavesNoScopeOnTheThread() {
        assertThatThrownBy(() -> {
                    try (TensorScope scope = TensorScope.open()) {
                        ones().reshape(3);
                    }
                })
                .isInstanceOf(TorchException.class);

        assertThat(PointerScope.getInnerScope()).isNull();
        assertThatThrownBy(TensorScopeTest::ones).hasMessageContaining("No TensorScope is open");
    }

    @Test
    void scopesAreClosedInnermostFirst() {
        try (TensorScope outer = TensorScope.open()) {
            try (TensorScope inner = TensorScope.open()) {
                assertThatThrownBy(outer::close).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void nativeObjectsDoNotAccumulate() {
        long before = 0;
        for (int step = 0; step < 300; step++) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor x = Tensor.zeros(DType.F32, Device.CPU, 64, 64);
                x.add(1).matmul(x).softmax(1).indexSelect(0, Tensor.ofInts(new int[] {1, 2}, Device.CPU));
            }
            if (step == 100) {
                before = Pointer.totalCount();
            }
        }

        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
}
