package dev.plumbline.generate;

/** Why a rollout ended. */
public enum FinishReason {
    /** The model ended its turn. */
    STOP,
    /** The token limit was reached. */
    LENGTH
}
