package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void openBlasHasATeamOnlyForDenseAlgebra() {
        int before = Threads.get();
        try {
            Threads.set(2);
            assertThat(Threads.get()).isEqualTo(2);
            assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
            assertThat(Threads.inOpenBlas(openblas_nolapack::blas_get_num_threads))
                    .isEqualTo(2);
            assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
        } finally {
            Threads.set(before);
        }
        assertThatThrownBy(() -> Threads.set(0)).hasMessageContaining("found 0");
    }
}
