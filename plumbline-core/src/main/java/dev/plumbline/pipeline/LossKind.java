package dev.plumbline.pipeline;

/** Why an item did not make it through a step. */
public enum LossKind {
    /** The model ended its turn without a word. */
    EMPTY_RESPONSE(false),
    /** A provider declined to answer. */
    DECLINED(false),
    /** No response could be had. */
    GENERATION_FAILED(true),
    /** The conversation does not fit the model's context. */
    TRUNCATED(false),
    /** A response without tokens to average over. */
    NO_ACTIVATION(false),
    /** The judge answered, but gave no score. */
    UNPARSEABLE_SCORE(false),
    /** The judge says that the response declined to answer. */
    REFUSAL_SCORE(false),
    /** No verdict could be had. */
    JUDGE_FAILED(true);

    private final boolean pending;

    LossKind(boolean pending) {
        this.pending = pending;
    }

    /** Whether the same command asks for the item again; other losses are final. */
    public boolean pending() {
        return pending;
    }
}
