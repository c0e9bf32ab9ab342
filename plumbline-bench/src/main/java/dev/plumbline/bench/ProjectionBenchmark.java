package dev.plumbline.bench;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import dev.plumbline.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A projection from 1024 to 6144, by libtorch and in both layouts; of more weights than any cache holds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProjectionBenchmark {

    private static final int COPIES = 24;

    @Param({"1", "16", "256"})
    private int rows;

    @Param({"BF16", "F32"})
    private DType dtype = DType.BF16;

    private final TensorScope scope = TensorScope.open();
    private final List<Tensor> stored = new ArrayList<>();
    private final List<LinearWeight> inTiles = new ArrayList<>();
    private final List<LinearWeight> inRows = new ArrayList<>();
    private Tensor x = Tensor.zeros(DType.F32, Device.CPU, 1);
    private int next;

    @Setup
    public void fill() {
        x = Tensor.full(0.5, dtype, Device.CPU, rows, 1024);
        for (int i = 0; i < COPIES; i++) {
            stored.add(Tensor.full(0.01, dtype, Device.CPU, 6144, 1024));
            inTiles.add(LinearWeight.copyOf(stored.get(i), Device.CPU, LinearWeight.Layout.TILES));
            inRows.add(LinearWeight.copyOf(stored.get(i), Device.CPU, LinearWeight.Layout.ROWS));
        }
    }

    @TearDown
    public void free() {
        scope.close();
    }

    @Benchmark
    public long byLibtorch() {
        try (TensorScope step = TensorScope.open()) {
            return x.linear(stored.get(next++ % COPIES)).numel();
        }
    }

    @Benchmark
    public long inTiles() {
        return multiplied(inTiles);
    }

    @Benchmark
    public long inRows() {
        return multiplied(inRows);
    }

    private long multiplied(List<LinearWeight> weights) {
        try (TensorScope step = TensorScope.open()) {
            return x.linear(weights.get(next++ % COPIES), Optional.empty()).numel();
        }
    }
}
