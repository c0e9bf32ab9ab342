package dev.plumbline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void namesTheVariablesThatChangeSpeed() {
        assertThat(Machine.settings(Map.of("OPENBLAS_CORETYPE", "Haswell", "HOME", "/root")))
                .containsExactly("OPENBLAS_CORETYPE=Haswell");
        assertThat(Machine.settings(Map.of())).isEmpty();
    }
}
