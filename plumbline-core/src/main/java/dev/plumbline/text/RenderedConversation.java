package dev.plumbline.text;

import java.util.List;

/**
 * A conversation as the model sees it.
 *
 * @param text what the chat template rendered
 * @param ids its tokens: the template's own special tokens and no others, so exactly one BOS where the template has one
 * @param spans the content of every non-system message that has tokens, in order
 */
public record RenderedConversation(String text, int[] ids, List<Span> spans) {
    public RenderedConversation {
        ids = ids.clone();
        spans = List.copyOf(spans);
    }

    @Override
    public int[] ids() {
        return ids.clone();
    }
}
