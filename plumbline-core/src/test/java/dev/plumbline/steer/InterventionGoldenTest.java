package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.direction.Direction;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against torch in fp64, on what {@code tools/golden/steering.py} wrote: plain arrays, and tensors of every type. */
class InterventionGoldenTest {

    private static final Golden GOLDEN = golden();

    @SuppressWarnings("ArrayRecordComponent")
    record Golden(float[][] activations, float[] vector, float[] mean, Map<String, float[][]> expected) {}

    private static Golden golden() {
        try (InputStream json =
                Objects.requireNonNull(InterventionGoldenTest.class.getResourceAsStream("interventions.json"))) {
            return new ObjectMapper().readValue(json, Golden.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Intervention> interventions() {
        Direction v = new Direction(Site.residPost(1), GOLDEN.vector());
        return Map.of(
                "addition", new Addition(v, -1.75),
                "normPreserving", new NormPreservingAddition(v, 0.3),
                "ablation", new Ablation(v),
                "meanAblation", MeanAblation.toward(v, GOLDEN.mean()),
                "referenceAblation", ReferenceAblation.addingVector(v, 0.5),
                "referenceMeanAblation", ReferenceAblation.addingMean(v, GOLDEN.mean()),
                "floor", Cap.floor(v, 1.5),
                "ceiling", Cap.ceiling(v, -2.5),
                "between", Cap.between(v, -1, 2));
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "F16"})
    void tensorsAgree(DType dtype) {
        int n = GOLDEN.activations().length;
        int d = GOLDEN.vector().length;
        // Half a unit in the last place of the type, relative to the largest component; twice, for input and output.
        double relative =
                switch (dtype) {
                    case BF16 -> 0x1p-7;
                    case F16 -> 0x1p-10;
                    default -> 0x1p-20;
                };
        interventions().forEach((name, intervention) -> {
            try (TensorScope scope = TensorScope.open()) {
                float[] flat = new float[n * d];
                for (int i = 0; i < n; i++) {
                    System.arraycopy(GOLDEN.activations()[i], 0, flat, i * d, d);
                }
                Tensor activations = Tensor.of(flat, n, d).to(dtype);
                float[] before = activations.toFloats();

                Tensor edited = intervention.edit().apply(activations);

                assertThat(edited.dtype()).isEqualTo(dtype);
                assertThat(activations.toFloats()).as("the input of " + name).isEqualTo(before);
                float[] values = edited.toFloats();
                for (int i = 0; i < n; i++) {
                    float[] expected = GOLDEN.expected().get(name)[i];
                    float[] input = GOLDEN.activations()[i];
                    double tolerance = relative * (largest(expected) + largest(input) + largest(GOLDEN.vector()));
                    for (int j = 0; j < d; j++) {
                        assertThat((double) values[i * d + j])
                                .as("%s of row %d, component %d", name, i, j)
                                .isCloseTo(expected[j], within(tolerance));
                    }
                }
            }
        });
    }

    @Test
    void plainArraysAgree() {
        interventions().forEach((name, intervention) -> {
            for (int i = 0; i < GOLDEN.activations().length; i++) {
                float[] expected = GOLDEN.expected().get(name)[i];
                float[] found = intervention.apply(GOLDEN.activations()[i]);
                for (int j = 0; j < expected.length; j++) {
                    assertThat((double) found[j]).as(name).isCloseTo(expected[j], within(4e-6));
                }
            }
        });
    }
}
