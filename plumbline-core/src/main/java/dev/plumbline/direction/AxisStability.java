package dev.plumbline.direction;

import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
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
        roles.forEach(assistant::requireSameSites);
        List<Draw> draws = draws(roles.size(), repeats, new Random(seed));
        return new AxisStability(IntStream.range(0, assistant.nLayers())
                .mapToObj(i -> estimateLayer(assistant, roles, i, draws))
                .toList());
    }

    /** Weights of the roles in the axes of one repeat. */
    private record Draw(double[] half, double[] otherHalf, double[] resampled) {}

    private static List<Draw> draws(int nRoles, int repeats, Random random) {
        List<Draw> draws = new ArrayList<>();
        List<Integer> order = new ArrayList<>(IntStream.range(0, nRoles).boxed().toList());
        for (int repeat = 0; repeat < repeats; repeat++) {
            Draw draw = new Draw(new double[nRoles], new double[nRoles], new double[nRoles]);
            Collections.shuffle(order, random);
            order.subList(0, nRoles / 2).forEach(role -> draw.half()[role]++);
            order.subList(nRoles / 2, nRoles).forEach(role -> draw.otherHalf()[role]++);
            for (int i = 0; i < nRoles; i++) {
                draw.resampled()[random.nextInt(nRoles)]++;
            }
            draws.add(draw);
        }
        return draws;
    }

    private static LayerStability estimateLayer(
            LayerVectors assistant, List<LayerVectors> roles, int index, List<Draw> draws) {
        double[][] inner = innerProducts(assistant.row(index), roles, index);
        double[] all = new double[roles.size()];
        Arrays.fill(all, 1);
        double splitHalf = draws.stream()
                .mapToDouble(draw -> cosine(inner, draw.half(), draw.otherHalf()))
                .average()
                .orElseThrow();
        double[] bootstrap = draws.stream()
                .mapToDouble(draw -> cosine(inner, draw.resampled(), all))
                .sorted()
                .toArray();
        return new LayerStability(
                assistant.layers()[index], splitHalf, percentile(bootstrap, 0.025), percentile(bootstrap, 0.5));
    }

    /**
     * Between Assistant − role for every two roles, {@code [n, n]}. Every axis is a weighted sum of these differences, so
     * nothing else is needed of them however often roles are drawn.
     */
    private static double[][] innerProducts(float[] assistant, List<LayerVectors> roles, int index) {
        double[][] differences = roles.stream()
                .map(role -> Matrices.minus(role.row(index), Vectors.widened(assistant)))
                .toArray(double[][]::new);
        try (TensorScope scope = TensorScope.open()) {
            Tensor matrix = Matrices.toTensor(differences);
            return Matrices.toRows(matrix.matmul(matrix.transpose(0, 1)));
        }
    }

    /** Of two weighted sums; their lengths, and so the number of roles in each, do not matter. */
    private static double cosine(double[][] inner, double[] a, double[] b) {
        double norms = Math.sqrt(product(inner, a, a)) * Math.sqrt(product(inner, b, b));
        return norms == 0 ? 0 : product(inner, a, b) / norms;
    }

    private static double product(double[][] inner, double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] == 0 ? 0 : a[i] * Vectors.dot(inner[i], b);
        }
        return sum;
    }

    /** Between the two nearest values, in proportion. */
    private static double percentile(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
