package dev.plumbline.model;

import dev.plumbline.model.Routing.Weighing;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.List;

/** A mixture of experts. Each runs once on all tokens that chose it; sums are fp32. */
record RoutedMlp(Router router, List<Mlp> experts, Weighing.On weighed) implements Mlp {

    RoutedMlp {
        experts = List.copyOf(experts);
    }

    @Override
    public Tensor apply(Tensor x) {
        Device device = x.device();
        Tensor sum = Tensor.zeros(DType.F32, device, x.shape());
        List<Router.Queue> queues = router.route(x);
        for (int expert = 0; expert < queues.size(); expert++) {
            Router.Queue queue = queues.get(expert);
            if (!queue.isEmpty()) {
                Tensor rows = queue.rows(device);
                sum.indexAddInPlace(
                        0, rows, weighed(experts.get(expert), x.indexSelect(0, rows), queue.factors(device)));
            }
        }
        return sum.to(x.dtype());
    }

    /** What an expert makes of tokens {@code [n, D]} that have weights {@code [n, 1]} for it, in fp32. */
    private Tensor weighed(Mlp expert, Tensor tokens, Tensor factors) {
        return switch (weighed) {
            case OUTPUTS -> expert.apply(tokens).to(DType.F32).mul(factors);
            case INPUTS ->
                expert.apply(tokens.to(DType.F32).mul(factors).to(tokens.dtype()))
                        .to(DType.F32);
        };
    }
}
