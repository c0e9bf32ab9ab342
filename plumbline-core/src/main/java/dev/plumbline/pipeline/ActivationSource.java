package dev.plumbline.pipeline;

import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import java.util.List;

/** Reads finished conversations and gives the mean activation of what the assistant said. */
public interface ActivationSource {

    /** What came of one conversation. */
    sealed interface Reading {

        /** Mean over all response tokens: fp32 {@code [L, D]} at {@code RESID_POST}, one row per captured layer. */
        record Mean(TensorData mean) implements Reading {}

        /** There is no mean, and why. */
        record Lost(LossKind kind, String why) implements Reading {}
    }

    /** What the means are of. */
    CaptureSetup setup();

    /** Conversations that one call should hold. */
    int chunkSize();

    /**
     * Reads every conversation, in order.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    List<Reading> read(List<Conversation> conversations) throws InterruptedException;
}
