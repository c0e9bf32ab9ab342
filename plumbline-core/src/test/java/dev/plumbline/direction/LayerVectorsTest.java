package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LayerVectorsTest {

    private static final float[][] ROWS = {{1, 2}, {3, 4}};

    @Test
    void keepsItsLayerIds() {
        LayerVectors vectors = new LayerVectors(HookPoint.RESID_MID, new int[] {2, 5}, ROWS);
        assertThat(vectors.at(5)).containsExactly(3, 4);
        assertThat(vectors.direction(5).site()).isEqualTo(new Site(5, HookPoint.RESID_MID));
        assertThat(vectors.norms()).containsExactly(Math.sqrt(5), 5);
        assertThatThrownBy(() -> vectors.at(0)).hasMessage("There is no vector for layer 0; there are for [2, 5]");
    }

    @Test
    void goesToATensorAndBack() {
        LayerVectors vectors = LayerVectors.residPost(new int[] {0, 1}, ROWS);
        assertThat(vectors.toTensor()).isEqualTo(TensorData.ofFloats(new float[] {1, 2, 3, 4}, 2, 2));
        assertThat(LayerVectors.residPost(vectors.toTensor())).isEqualTo(vectors);
        assertThatThrownBy(() -> LayerVectors.residPost(TensorData.ofFloats(new float[2], 2)))
                .hasMessage("Found a tensor F32[2]; expected [L, D], a vector per layer");
    }

    @Test
    void widensBf16() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x3f, 0, 0x40});
        LayerVectors vectors = LayerVectors.residPost(new TensorData(DType.BF16, new long[] {1, 2}, bytes));
        assertThat(vectors.at(0)).containsExactly(1, 2);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> LayerVectors.residPost(new int[] {0}, ROWS)).hasMessage("1 layers with 2 vectors");
        assertThatThrownBy(() -> LayerVectors.residPost(new int[] {1, 0}, ROWS))
                .hasMessage("Layers must ascend from 0, found [1, 0]");
        assertThatThrownBy(() -> LayerVectors.residPost(new int[] {0, 1}, new float[][] {{1}, {1, 2}}))
                .hasMessage("Vector at layer 1 has 2 components; expected 1, as at layer 0");
        assertThatThrownBy(() -> LayerVectors.residPost(new int[] {7}, new float[][] {{1, Float.NEGATIVE_INFINITY}}))
                .hasMessage("Vector at layer 7 has -Infinity as component 1");
    }
}
