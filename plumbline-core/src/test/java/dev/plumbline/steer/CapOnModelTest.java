package dev.plumbline.steer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.direction.Direction;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.Site;
import dev.plumbline.statistics.Quantiles;
import dev.plumbline.tensor.DType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a cap, no projection of any token at any layer is beyond its bound by more than rounding. */
class CapOnModelTest {

    private static final int PROMPT = 11;
    /** The prompt at once, then token after token. */
    private static final int[] ENDS = IntStream.rangeClosed(PROMPT, PROMPT + 6).toArray();

    static Stream<Path> checkpoints() throws IOException, URISyntaxException {
        return TinyModel.checkpoints();
    }

    private static Direction direction(TinyModel model, int layer, long seed) {
        SplittableRandom random = new SplittableRandom(31 * seed + layer);
        float[] vector = new float[model.dModel()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (100 * (random.nextDouble() - 0.5));
        }
        return new Direction(Site.residPost(layer), vector);
    }

    /** What rounding may leave beyond a bound: of fp32 sums, and of the type that the result is rounded to. */
    private static double tolerance(DType dtype, float[] activation) {
        double squares = 0;
        for (float x : activation) {
            squares += (double) x * x;
        }
        double norm = Math.sqrt(squares);
        double sums = 2 * activation.length * 0x1p-24 * norm;
        return dtype == DType.BF16 ? sums + 0x1p-9 * norm : sums;
    }

    private record Bound(Direction direction, double lower, double upper) {

        /** How far an activation lies beyond the bound; below 0 where it does not. */
        double excess(float[] activation) {
            double projection = direction.projection(activation);
            return Math.max(lower - projection, projection - upper);
        }
    }

    /** Bounds that half of the uncapped projections of their layer break. */
    private static List<Bound> bounds(TinyModel model, int[] ids, long seed) {
        TinyModel.Residuals uncapped = model.run(ids, HookPlan.empty(), ENDS);
        List<Bound> bounds = new ArrayList<>();
        for (int layer = 0; layer < model.nLayers(); layer++) {
            Direction direction = direction(model, layer, seed);
            Quantiles projections = Quantiles.exact(uncapped.layers.get(layer).stream()
                    .mapToDouble(direction::projection)
                    .toArray());
            bounds.add(
                    switch (layer % 3) {
                        case 0 -> new Bound(direction, projections.at(0.5), Double.POSITIVE_INFINITY);
                        case 1 -> new Bound(direction, Double.NEGATIVE_INFINITY, projections.at(0.5));
                        default -> new Bound(direction, projections.at(0.4), projections.at(0.6));
                    });
        }
        return bounds;
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void noProjectionIsBeyondItsBound(Path directory) {
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            TinyModel.with(directory, dtype, model -> {
                for (long seed = 0; seed < 2; seed++) {
                    int[] ids = model.ids(ENDS[ENDS.length - 1], seed);
                    List<Bound> bounds = bounds(model, ids, seed);
                    InterventionMonitor monitor = new InterventionMonitor(bounds.stream()
                            .map(b -> Cap.between(b.direction(), b.lower(), b.upper()))
                            .toList());

                    TinyModel.Residuals capped = model.run(ids, monitor.plan(Positions.ALL), ENDS);

                    for (int layer = 0; layer < model.nLayers(); layer++) {
                        Bound bound = bounds.get(layer);
                        assertThat(capped.layers.get(layer)).hasSize(ids.length);
                        for (float[] activation : capped.layers.get(layer)) {
                            double beyond = bound.excess(activation);
                            assertThat(beyond)
                                    .as("beyond the bound at layer %d in %s", layer, dtype)
                                    .isLessThanOrEqualTo(tolerance(dtype, activation));
                        }
                    }
                    assertThat(monitor.stats())
                            .allSatisfy(stats -> assertThat(stats.tokens()).isEqualTo(ids.length))
                            .anySatisfy(
                                    stats -> assertThat(stats.touchedFraction()).isBetween(0.1, 0.9));
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void aCapThatNothingBreaksChangesNoBit(Path directory) {
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            TinyModel.with(directory, dtype, model -> {
                int[] ids = model.ids(ENDS[ENDS.length - 1], 8);
                List<Cap> loose = IntStream.range(0, model.nLayers())
                        .mapToObj(layer -> Cap.between(direction(model, layer, 8), -1e6, 1e6))
                        .toList();

                TinyModel.Residuals capped = model.run(ids, Intervention.plan(loose, Positions.ALL), ENDS);

                assertThat(capped.all())
                        .isEqualTo(model.run(ids, HookPlan.empty(), ENDS).all());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void aPublishedCeilingDoesWhatItsFloorAlongTheAxisDoes(Path directory) {
        TinyModel.with(directory, DType.F32, model -> {
            int[] ids = model.ids(PROMPT, 3);
            List<Bound> bounds = bounds(model, model.ids(ENDS[ENDS.length - 1], 3), 3);
            List<Cap> floors = new ArrayList<>();
            List<Cap> ceilings = new ArrayList<>();
            for (Bound bound : bounds) {
                double threshold = Double.isFinite(bound.lower()) ? bound.lower() : bound.upper();
                floors.add(Cap.floor(bound.direction(), threshold));
                ceilings.add(Cap.ceiling(bound.direction().negated(), -threshold));
            }

            assertThat(model.run(ids, Intervention.plan(ceilings, Positions.ALL), PROMPT)
                            .all())
                    .isEqualTo(model.run(ids, Intervention.plan(floors, Positions.ALL), PROMPT)
                            .all());
        });
    }
}
