package dev.plumbline.generate;

import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.text.RenderedConversation;
import dev.plumbline.text.Span;
import dev.plumbline.text.Speaker;

/**
 * A tokenised sequence that is given, not generated.
 *
 * @param ids token ids, at least one
 * @param layout which of them are an assistant's
 */
public record TokenSequence(int[] ids, SequenceLayout layout) {
    public TokenSequence {
        ids = ids.clone();
        if (layout.promptLength() != ids.length) {
            throw new IllegalArgumentException(
                    "A layout of " + layout.promptLength() + " tokens does not fit " + ids.length + " ids");
        }
    }

    /** Ids of which none is known to be an assistant's. */
    public static TokenSequence of(int... ids) {
        return new TokenSequence(ids, SequenceLayout.prompt(ids.length));
    }

    /** A conversation, in which the assistant's content is marked. */
    public static TokenSequence of(RenderedConversation conversation) {
        int[] ids = conversation.ids();
        SequenceLayout layout = SequenceLayout.prompt(ids.length);
        for (Span span : conversation.spans()) {
            if (span.speaker() == Speaker.ASSISTANT) {
                layout = layout.withResponse(span.start(), span.end());
            }
        }
        return new TokenSequence(ids, layout);
    }

    /** Number of tokens. */
    public int length() {
        return ids.length;
    }

    @Override
    public int[] ids() {
        return ids.clone();
    }
}
