package dev.plumbline.benchmark;

import dev.plumbline.benchmark.ModelCost.Projection;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What the machine can do, measured in this process.
 *
 * @param bf16 {@code linear} in bf16 at the model's shapes
 * @param f32 the same in fp32
 * @param readGigabytesPerSecond memory bandwidth of reading
 */
public record Ceilings(Linear bf16, Linear f32, double readGigabytesPerSecond) {

    private static final int ROWS = 1024;
    private static final int REPEATS = 5;
    private static final long READ_BYTES = 512L << 20;

    /**
     * The speed of {@code linear} on so many rows that it is bound by arithmetic.
     *
     * @param gigaflops of all projections of a layer after each other
     * @param fastest of the shape that is computed fastest
     */
    public record Linear(double gigaflops, double fastest) {}

    /** Measures; takes some seconds. */
    static Ceilings measure(ModelConfig config, Device device) {
        List<Projection> projections =
                new ModelCost(config).projections(config.layers().get(config.nLayers() / 2));
        return new Ceilings(
                linear(projections, DType.BF16, device), linear(projections, DType.F32, device), bandwidth(device));
    }

    Linear of(DType dtype) {
        return dtype == DType.F32 ? f32 : bf16;
    }

    private static Linear linear(List<Projection> projections, DType dtype, Device device) {
        double flops = 0;
        double seconds = 0;
        double fastest = 0;
        for (Projection projection : projections) {
            double one = 2.0 * ROWS * projection.in() * projection.out();
            double time = linearSeconds(projection, dtype, device);
            flops += one * projection.count();
            seconds += time * projection.count();
            fastest = Math.max(fastest, one / time / 1e9);
        }
        return new Linear(flops / seconds / 1e9, fastest);
    }

    private static double linearSeconds(Projection projection, DType dtype, Device device) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = random(ROWS, projection.in(), dtype, device);
            LinearWeight weight = LinearWeight.copyOf(random(projection.out(), projection.in(), dtype, device), device);
            return median(() -> x.linear(weight, Optional.empty()));
        }
    }

    private static Tensor random(long rows, long columns, DType dtype, Device device) {
        Random random = new Random(rows);
        float[] row = new float[(int) columns];
        List<Tensor> distinct = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) random.nextGaussian();
            }
            distinct.add(Tensor.of(row, 1, columns));
        }
        Tensor some = Tensor.cat(distinct, 0).to(dtype).to(device);
        return some.unsqueeze(0)
                .expand((rows + 7) / 8, 8, columns)
                .reshape(-1, columns)
                .narrow(0, 0, rows)
                .copy();
    }

    private static double bandwidth(Device device) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor large = Tensor.full(1, DType.F32, device, READ_BYTES / Float.BYTES);
            return READ_BYTES / median(() -> large.sum(0)) / 1e9;
        }
    }

    private static double median(Supplier<Tensor> operation) {
        double[] seconds = new double[REPEATS];
        for (int i = -1; i < REPEATS; i++) {
            try (TensorScope scope = TensorScope.open()) {
                long start = System.nanoTime();
                // Reading a number waits for a device that computes on its own.
                operation.get().reshape(-1).select(0, 0).item();
                if (i >= 0) {
                    seconds[i] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        Arrays.sort(seconds);
        return seconds[REPEATS / 2];
    }
}
