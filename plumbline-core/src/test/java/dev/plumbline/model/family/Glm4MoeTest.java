package dev.plumbline.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class Glm4MoeTest extends FamilyContractTest {

    @Override
    String family() {
        return "glm4_moe";
    }

    @Test
    void layersThatPredictFurtherTokensAreLeftAlone() {
        Set<String> stored = Set.of("model.layers.45.mlp.gate.weight", "model.layers.46.eh_proj.weight");

        assertThat(new Glm4Moe().weightNames(stored).ignoredBeginnings()).containsExactly("model.layers.46.");
    }
}
