package dev.plumbline.text;

import java.util.List;

/**
 * A conversation as the model sees it.
 *
 * @param text what the chat template rendered
 * @param ids its tokens: the template's own special tokens and no others, so exactly one BOS where the template has one
 * @param spans the content of every non-system message that has tokens, in order. A message whose content is interrupted,
 *     by a block of thinking that does not count or by words of the template, has a span for each part
 * @param skipped every non-system message that has no span, in order
 */
public record RenderedConversation(String text, int[] ids, List<Span> spans, List<SkippedTurn> skipped) {
    public RenderedConversation {
        ids = ids.clone();
        spans = List.copyOf(spans);
        skipped = List.copyOf(skipped);
    }

    /** A conversation in which no message was skipped. */
    public RenderedConversation(String text, int[] ids, List<Span> spans) {
        this(text, ids, spans, List.of());
    }

    @Override
    public int[] ids() {
        return ids.clone();
    }
}
