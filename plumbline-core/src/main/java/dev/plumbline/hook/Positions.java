package dev.plumbline.hook;

/**
 * The tokens that a hook touches, told by absolute position in their own sequence. A batch, a KV cache or a chunked
 * prefill therefore never changes which tokens those are.
 */
@FunctionalInterface
public interface Positions {

    Positions ALL = (layout, position) -> true;

    /** Every token that was given. */
    Positions PROMPT = (layout, position) -> position < layout.promptLength();

    /** The last token that was given: the first generated token is sampled from it. */
    Positions LAST = (layout, position) -> position == layout.promptLength() - 1;

    /** Every token that was sampled in this run, fed back to the model. */
    Positions GENERATED = (layout, position) -> position >= layout.promptLength();

    /** The content of every assistant turn, in the prompt or generated. */
    Positions RESPONSE = SequenceLayout::isResponse;

    /** Every token but the content of assistant turns: what the model is told, and the template around it. */
    Positions TOLD = (layout, position) -> !layout.isResponse(position);

    /** Whether the token at an absolute position of a sequence is touched. */
    boolean covers(SequenceLayout layout, int position);

    /** The tokens of either. */
    default Positions or(Positions other) {
        return (layout, position) -> covers(layout, position) || other.covers(layout, position);
    }
}
