package dev.plumbline.benchmark;

import dev.plumbline.benchmark.ModelCost.Projection;
import dev.plumbline.model.ModelConfig;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Measures what the machine can do at the moment: one that others use too is not the same from second to second. */
final class CeilingGauge implements AutoCloseable {

    private static final int ROWS = 1024;
    private static final int REPEATS = 5;

    /** More than the caches of processors hold. */
    private static final long READ_BYTES = 512L << 20;

    /** A projection of many rows. */
    private record Product(Projection projection, Tensor x, LinearWeight weight) {
        static Product of(Projection projection, DType dtype, Device device) {
            try (TensorScope scope = TensorScope.open()) {
                return new Product(
                        projection,
                        random(ROWS, projection.in(), dtype, device).keep(),
                        LinearWeight.copyOf(
                                        random(projection.out(), projection.in(), dtype, device),
                                        device,
                                        LinearWeight.Layout.TILES)
                                .keep());
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

        double seconds() {
            return timed(() -> x.linear(weight, Optional.empty()));
        }

        double gigaflop() {
            return 2.0 * ROWS * projection.in() * projection.out() / 1e9;
        }

        void close() {
            x.close();
            weight.close();
        }
    }

    /** The projections of a layer in one type. */
    private record Layer(List<Product> products) implements AutoCloseable {
        static Layer of(ModelConfig config, DType dtype, Device device) {
            return new Layer(new ModelCost(config)
                    .projections(config.layers().get(config.nLayers() / 2)).stream()
                            .map(projection -> Product.of(projection, dtype, device))
                            .toList());
        }

        double gigaflops() {
            double work = 0;
            double seconds = 0;
            for (Product product : products) {
                long count = product.projection().count();
                work += product.gigaflop() * count;
                seconds += product.seconds() * count;
            }
            return work / seconds;
        }

        Ceilings.Linear measure() {
            double fastest = products.stream()
                    .mapToDouble(product -> product.gigaflop() / median(product::seconds))
                    .max()
                    .orElseThrow();
            return new Ceilings.Linear(median(this::gigaflops), fastest);
        }

        @Override
        public void close() {
            products.forEach(Product::close);
        }
    }

    private final ModelConfig config;
    private final Device device;
    private final Layer layer;
    private final Tensor large;

    /** @param dtype of the model */
    CeilingGauge(ModelConfig config, DType dtype, Device device) {
        this.config = config;
        this.device = device;
        this.layer = Layer.of(config, dtype, device);
        try (TensorScope scope = TensorScope.open()) {
            large = Tensor.full(1, DType.F32, device, READ_BYTES / Float.BYTES).keep();
        }
    }

    /** Medians of repeated measurements; takes some seconds. */
    Ceilings measure() {
        return new Ceilings(linear(DType.BF16), linear(DType.F32), median(this::bandwidth));
    }

    /** What bounds a task at the moment: GFLOP/s for arithmetic, GB/s for memory. */
    double of(Workload.Task task) {
        return task == Workload.Task.DECODE ? bandwidth() : layer.gigaflops();
    }

    private Ceilings.Linear linear(DType dtype) {
        try (Layer own = Layer.of(config, dtype, device)) {
            return own.measure();
        }
    }

    private double bandwidth() {
        return READ_BYTES / timed(() -> large.sum(0)) / 1e9;
    }

    private static double median(DoubleSupplier measurement) {
        return Measurement.median(IntStream.rangeClosed(0, REPEATS)
                .mapToDouble(i -> measurement.getAsDouble())
                .skip(1) // into a cold machine
                .toArray());
    }

    private static double timed(Supplier<Tensor> operation) {
        try (TensorScope scope = TensorScope.open()) {
            long start = System.nanoTime();
            // Reading a number waits for a device that computes on its own.
            operation.get().reshape(-1).select(0, 0).item();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    @Override
    public void close() {
        layer.close();
        large.close();
    }
}
