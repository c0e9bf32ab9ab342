package dev.plumbline.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.generate.LoadOptions.Placement;
import dev.plumbline.generate.LoadOptions.Precision;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/**
 * Counts native objects that Java holds: libtorch frees a tensor when nobody holds it, so memory is flat if this is. The
 * size of the process would tell less, as the Java heap grows by more than these models use.
 */
class NativeMemoryTest {

    /** 20 responses of 16 tokens each with everything switched on, then 20 sequences read. */
    private static void work(LanguageModel model) {
        HookPlan plan = HookPlan.empty().edit(Site.residPost(1), Positions.GENERATED, x -> x.mul(1.01));
        List<GenerationRequest> requests = IntStream.range(0, 20)
                .mapToObj(i -> new GenerationRequest(
                        TokenSequence.of(IntStream.rangeClosed(3, 10 + i).toArray()), Set.of(), i, plan))
                .toList();
        model.continueTokens(requests, new Sampling(1, 0.9, 0, 16), ResponseCapture.allOf(3), generation -> {});
        model.read(requests.stream().map(GenerationRequest::prompt).toList(), plan);
    }

    private static void useOnce(Path directory, LoadOptions options) {
        try (LanguageModel model = LanguageModel.load(directory, options)) {
            work(model);
        }
    }

    @Test
    void nativeObjectsDoNotAccumulateOverManySteps() throws Exception {
        Path directory = Path.of(NativeMemoryTest.class
                .getResource("/checkpoints/qwen3/grouped-bf16")
                .toURI());
        LoadOptions options =
                LoadOptions.DEFAULT.withPlacement(Placement.CPU).withLimits(new BatchLimits(8, 256, 1L << 30));
        for (LoadOptions own : List.of(
                options.withPrecision(Precision.F32),
                options.withPrecision(Precision.BF16),
                options.withPrecision(Precision.F32).withLanes(3))) {
            useOnce(directory, own); // what is made once in a process
            long empty = Pointer.totalCount();
            try (LanguageModel model = LanguageModel.load(directory, own)) {
                work(model);
                long before = Pointer.totalCount();
                for (int round = 0; round < 4; round++) {
                    work(model);
                }
                assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
            }
            assertThat(Pointer.totalCount())
                    .as("objects after closing, %s", own)
                    .isLessThanOrEqualTo(empty);
        }
    }
}
