package dev.plumbline.benchmark;

/**
 * What the machine can do, measured in this process.
 *
 * @param bf16 {@code linear} in bf16 at the model's shapes
 * @param f32 the same in fp32
 * @param readGigabytesPerSecond memory bandwidth of reading
 */
public record Ceilings(Linear bf16, Linear f32, double readGigabytesPerSecond) {

    /**
     * The speed of {@code linear} on so many rows that it is bound by arithmetic.
     *
     * @param gigaflops of all projections of a layer after each other
     * @param fastest of the shape that is computed fastest
     */
    public record Linear(double gigaflops, double fastest) {}
}
