package dev.plumbline.direction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How much the axis depends on which roles happened to be asked: at each layer, cosines between axes made of different
 * roles. The default Assistant is the same throughout, so this says nothing of how well its own mean is known.
 *
 * @param layers one entry per layer, ascending
 */
public record AxisStability(List<LayerStability> layers) {

    public AxisStability {
        layers = List.copyOf(layers);
    }

    /**
     * At one layer.
     *
     * @param splitHalf mean cosine between the axes of two random halves of the roles
     * @param bootstrapLow 2.5th percentile, over resamplings of the roles, of the cosine with the axis of all
     * @param bootstrapMedian 50th percentile of the same
     */
    public record LayerStability(int layer, double splitHalf, double bootstrapLow, double bootstrapMedian) {}

    /**
     * Repeats both experiments.
     *
     * @param roles at least two, all of the same sites as {@code assistant}
     * @param repeats of each; a few hundred are enough
     * @param seed the same seed gives the same numbers
     */
    public static AxisStability estimate(LayerVectors assistant, List<LayerVectors> roles, int repeats, long seed) {
        if (roles.size() < 2 || repeats < 1) {
            throw new IllegalArgumentException("Stability over " + roles.size() + " roles in " + repeats
                    + " repeats; expected at least 2 roles and 1 repeat");
        }
        AssistantAxis whole = axis(assistant, roles);
        Random random = new Random(seed);
        double[] splitHalf = new double[assistant.nLayers()];
        double[][] bootstrap = new double[assistant.nLayers()][repeats];
        for (int repeat = 0; repeat < repeats; repeat++) {
            List<LayerVectors> shuffled = new ArrayList<>(roles);
            Collections.shuffle(shuffled, random);
            AssistantAxis first = axis(assistant, shuffled.subList(0, roles.size() / 2));
            AssistantAxis second = axis(assistant, shuffled.subList(roles.size() / 2, roles.size()));
            AssistantAxis resampled = axis(
                    assistant,
                    IntStream.range(0, roles.size())
                            .mapToObj(unused -> roles.get(random.nextInt(roles.size())))
                            .toList());
            for (int i = 0; i < splitHalf.length; i++) {
                splitHalf[i] += cosine(first, second, i) / repeats;
                bootstrap[i][repeat] = cosine(resampled, whole, i);
            }
        }
        return new AxisStability(IntStream.range(0, assistant.nLayers())
                .mapToObj(i -> new LayerStability(
                        assistant.layers()[i],
                        splitHalf[i],
                        percentile(bootstrap[i], 0.025),
                        percentile(bootstrap[i], 0.5)))
                .toList());
    }

    private static AssistantAxis axis(LayerVectors assistant, List<LayerVectors> roles) {
        return AssistantAxis.between(List.of(assistant), roles);
    }

    private static double cosine(AssistantAxis a, AssistantAxis b, int index) {
        return Vectors.cosine(a.vectors().row(index), b.vectors().row(index));
    }

    /** Between the two nearest values, in proportion. */
    private static double percentile(double[] values, double fraction) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
