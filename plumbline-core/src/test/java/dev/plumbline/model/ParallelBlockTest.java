package dev.plumbline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.Weights;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.HookPoint;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.hook.Site;
import dev.plumbline.hook.TokenRun;
import dev.plumbline.model.Decoder.Goal;
import dev.plumbline.model.family.Families;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.TensorScope;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelBlockTest {

    private static final int[] IDS = {5, 17, 3, 40, 11};

    /** With a norm for each branch, and with one for both. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt_neox/pythia-f16", "cohere/plain-bf16"})
    void whatAHookAddsInTheMiddleGoesPastTheMlp(String name) throws URISyntaxException {
        Checkpoint checkpoint = Checkpoint.open(Path.of(
                ParallelBlockTest.class.getResource("/checkpoints/" + name).toURI()));
        try (Weights weights = checkpoint.weights(DType.F32, Device.CPU)) {
            Decoder decoder = Families.decoder(checkpoint, weights);

            float[] plain = residPost(decoder, HookPlan.empty());
            float[] moved = residPost(
                    decoder, HookPlan.empty().edit(new Site(1, HookPoint.RESID_MID), Positions.ALL, x -> x.add(0.5)));

            for (int i = 0; i < plain.length; i++) {
                assertThat(moved[i] - plain[i]).isCloseTo(0.5f, Offset.offset(1e-5f));
            }
        }
    }

    /** RESID_POST of layer 1, {@code [T, D]}. */
    private static float[] residPost(Decoder decoder, HookPlan plan) {
        List<float[]> seen = new ArrayList<>();
        HookPlan recording =
                plan.record(List.of(Site.residPost(1)), Positions.ALL, rows -> (site, x) -> seen.add(x.toFloats()));
        try (TensorScope scope = TensorScope.open()) {
            TokenRun run = new TokenRun(0, SequenceLayout.prompt(IDS.length), 0, IDS.length, recording);
            decoder.forward(List.of(new Segment(IDS, 0, run)), Optional.empty(), Goal.HOOKS);
        }
        return seen.get(0);
    }
}
