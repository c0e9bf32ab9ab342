package dev.plumbline.moves;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.TokenSequence;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.MeanPool;
import dev.plumbline.hook.Positions;
import dev.plumbline.hook.SequenceLayout;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.RenderedConversation;
import dev.plumbline.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Embeds with a language model in this process: the mean of the residual stream at a layer over the message's own tokens,
 * with nothing before it but the chat template. Any checkpoint will do, the model under study or another; nothing is
 * downloaded, and no further library is needed.
 */
public final class ModelEmbedder implements Embedder {

    private static final int BLOCK = 64;

    private final LanguageModel model;
    private final String name;
    private final int layer;

    /**
     * @param model stays the caller's to close
     * @param layer whose output is averaged
     */
    public ModelEmbedder(LanguageModel model, String name, int layer) {
        if (layer < 0 || layer >= model.config().nLayers()) {
            throw new IllegalArgumentException("Layer " + layer + "; the model has layers 0 to "
                    + (model.config().nLayers() - 1));
        }
        this.model = model;
        this.name = name;
        this.layer = layer;
    }

    @Override
    public String name() {
        return name + ", mean of layer " + layer;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        for (int start = 0; start < texts.size(); start += BLOCK) {
            embed(texts.subList(start, Math.min(start + BLOCK, texts.size())), vectors);
        }
        return vectors;
    }

    private void embed(List<String> block, List<float[]> vectors) {
        List<TokenSequence> sequences = block.stream().map(this::tokens).toList();
        ResponseCapture capture = new ResponseCapture(List.of(layer));
        try (MeanPool pool = model.pool(capture, block.size())) {
            model.read(sequences, HookPlan.empty().record(capture.sites(), Positions.RESPONSE, pool));
            for (int i = 0; i < block.size(); i++) {
                int number = i;
                vectors.add(UnitVector.of(pool.mean(i)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Message \"" + block.get(number) + "\" has no tokens to embed"))
                        .toFloats()));
            }
        }
    }

    /** The message by itself, its content marked; what would not fit into the context is cut off. */
    private TokenSequence tokens(String text) {
        RenderedConversation rendered = model.chatFormat().prompt(Conversation.of(Message.user(text)));
        int length = Math.min(rendered.ids().length, model.contextLength());
        SequenceLayout layout = SequenceLayout.prompt(length);
        for (Span span : rendered.spans()) {
            if (span.start() < length) {
                layout = layout.withResponse(span.start(), Math.min(span.end(), length));
            }
        }
        return new TokenSequence(Arrays.copyOf(rendered.ids(), length), layout);
    }
}
