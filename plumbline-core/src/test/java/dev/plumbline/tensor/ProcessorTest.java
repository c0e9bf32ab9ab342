package dev.plumbline.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTest {

    private static final String XEON = """
            processor	: 0
            model name	: Intel(R) Xeon(R) amx_bf16 of the name only
            flags		: fpu avx512_bf16 amx_tile amx_bf16 amx_int8
            bugs		: spectre_v1
            """;

    @Test
    void aFlagIsAWholeWordOfItsLine() {
        assertThat(Processor.hasFlag(XEON, "amx_bf16")).isTrue();
        assertThat(Processor.hasFlag(XEON, "amx_b")).isFalse();
        assertThat(Processor.hasFlag(XEON.replace(" amx_bf16 amx_int8", ""), "amx_bf16"))
                .isFalse();
        assertThat(Processor.hasFlag("", "amx_bf16")).isFalse();
    }
}
