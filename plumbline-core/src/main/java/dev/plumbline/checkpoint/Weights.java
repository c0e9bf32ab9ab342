package dev.plumbline.checkpoint;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.LinearWeight;
import dev.plumbline.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The weights of a model as tensors, made when asked for. They live until this is closed. */
public sealed interface Weights extends AutoCloseable permits MappedWeights, WeightShapes {

    /** How several projections are stored in one tensor. */
    enum Stacking {
        /** {@code [count, rows, columns]}. */
        ROWS,
        /** {@code [count, columns, rows]}. */
        COLUMNS,
        /** {@code [count, columns, rows]}, where rows of the first half stand by turns with those of the second. */
        ALTERNATING_COLUMNS;

        long[] shape(int count, long rows, long columns) {
            return this == ROWS ? new long[] {count, rows, columns} : new long[] {count, columns, rows};
        }
    }

    /**
     * One weight, owned by this.
     *
     * @param shape the only shape accepted
     * @throws MalformedCheckpointException if there is none of this name and shape
     */
    Tensor take(String name, long... shape);

    /** As {@link #take}, in fp32 whatever the type of the others. */
    Tensor takeInF32(String name, long... shape);

    /**
     * The biases of several projections as one.
     *
     * @param sizes of each
     */
    Tensor takeJoined(List<String> names, List<Long> sizes);

    /**
     * The weights of several projections as one, below each other: one large product is faster than several small ones.
     *
     * @param rows first dimension of each
     * @param columns second dimension, which they share
     * @throws MalformedCheckpointException if there is none of a name and shape
     */
    LinearWeight takeLinear(List<String> names, List<Long> rows, long columns);

    /**
     * The weight of one of several projections that are stored in one tensor.
     *
     * @param count how many there are
     * @param index which is wanted
     * @param rows first dimension of each as it is wanted, {@code [rows, columns]}, however it is stored
     * @throws MalformedCheckpointException if there is none of this name and shape
     */
    LinearWeight takeLinearOf(String name, Stacking stacking, int count, int index, long rows, long columns);

    /**
     * As {@link #takeLinear}, of one projection that is stored in another order.
     *
     * @param stored the only shape accepted
     * @param ordered makes {@code [rows, columns]} of it
     */
    LinearWeight takeLinear(String name, long[] stored, long rows, long columns, UnaryOperator<Tensor> ordered);

    /** As {@link #takeLinear}, of one projection, read only when it is first needed. */
    Supplier<LinearWeight> takeLinearLater(String name, long rows, long columns);

    /** Hands over a tensor that was made from a weight, to live as long as this. */
    Tensor own(Tensor made);

    /** Names that nobody has asked for. */
    Set<String> unused();

    DType dtype();

    Device device();

    /** Says that nothing will be taken any more. */
    void seal();

    @Override
    void close();
}
