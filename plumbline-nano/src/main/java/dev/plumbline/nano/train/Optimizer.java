package dev.plumbline.nano.train;

import static dev.plumbline.nano.train.Native.scalar;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * AdamW for embeddings and norms; for the matrices between them Muon (Jordan et al. 2024), which replaces the momentum by the
 * nearest orthogonal matrix, here by five Newton–Schulz steps, scaled so that one learning rate serves both (Liu et al.
 * 2025).
 */
@SuppressWarnings("try") // scopes and guards work by being open, not by being named
final class Optimizer implements AutoCloseable {
    private static final double WEIGHT_DECAY = 0.02;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;
    private static final double EPSILON = 1e-8;

    private static final double MUON_MOMENTUM = 0.95;
    private static final double MUON_SCALE = 0.2;
    private static final int NEWTON_SCHULZ_STEPS = 5;

    private final Weights weights;
    private final Tensor firstMoment;
    private final Tensor secondMoment;

    Optimizer(Weights weights) {
        this.weights = weights;
        this.firstMoment = zeros(weights.count());
        this.secondMoment = zeros(weights.count());
    }

    /** Running means of the gradient (for matrices: its momentum), flat. */
    Tensor firstMoment() {
        return firstMoment;
    }

    /** Running means of the squared gradient, flat; unused for matrices. */
    Tensor secondMoment() {
        return secondMoment;
    }

    /** Updates embeddings and norms; {@code t} counts from 1. */
    void adam(Tensor gradient, double rate, int t) {
        long norms = weights.count() - weights.norms();
        weights.values().narrow(0, 0, weights.embeddings()).mul_(scalar(1 - rate * WEIGHT_DECAY));
        adam(gradient, rate, t, 0, weights.embeddings());
        adam(gradient, rate, t, norms, weights.norms());
    }

    private void adam(Tensor gradient, double rate, int t, long from, long n) {
        Tensor g = gradient.narrow(0, from, n);
        Tensor first = firstMoment.narrow(0, from, n);
        Tensor second = secondMoment.narrow(0, from, n);
        first.mul_(scalar(BETA1)).add_(g, scalar(1 - BETA1));
        second.mul_(scalar(BETA2)).addcmul_(g, g, scalar(1 - BETA2));
        Tensor scale = second.div(scalar(1 - Math.pow(BETA2, t))).sqrt_().add_(scalar(EPSILON));
        weights.values().narrow(0, from, n).addcdiv_(first, scale, scalar(-rate / (1 - Math.pow(BETA1, t))));
    }

    /** Updates every {@code stride}-th matrix from {@code first}: disjoint calls may run at once. */
    void muon(Tensor gradient, double rate, int first, int stride) {
        set_num_threads(1);
        List<String> names = weights.matrices();
        for (int i = first; i < names.size(); i += stride) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard()) {
                Tensor g = weights.view(names.get(i), gradient);
                Tensor momentum = weights.view(names.get(i), firstMoment);
                momentum.mul_(scalar(MUON_MOMENTUM)).add_(g);
                Tensor direction = orthogonal(g.add(momentum, scalar(MUON_MOMENTUM)));
                double size = MUON_SCALE * Math.sqrt((double) Math.max(g.size(0), g.size(1)));
                Tensor values = weights.view(names.get(i), weights.values());
                values.mul_(scalar(1 - rate * WEIGHT_DECAY)).add_(direction, scalar(-rate * size));
            }
        }
    }

    /** Roughly the nearest matrix with all singular values 1, by a quintic iteration. */
    private static Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.size(0) > matrix.size(1);
        Tensor x = tall ? matrix.t().contiguous() : matrix;
        x = x.div(x.norm().add(scalar(1e-7)));
        for (int step = 0; step < NEWTON_SCHULZ_STEPS; step++) {
            Tensor square = x.matmul(x.t());
            Tensor polynomial = square.mul(scalar(-4.7750)).add(square.matmul(square), scalar(2.0315));
            x = x.mul(scalar(3.4445)).add(polynomial.matmul(x));
        }
        return tall ? x.t() : x;
    }

    @Override
    public void close() {
        firstMoment.close();
        secondMoment.close();
    }
}
