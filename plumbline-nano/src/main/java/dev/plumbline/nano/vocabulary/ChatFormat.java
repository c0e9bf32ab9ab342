package dev.plumbline.nano.vocabulary;

import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.text.Speaker;
import java.util.Arrays;

/** ChatML, as the checkpoint's chat template renders it. */
public final class ChatFormat {

    /** The checkpoint's chat template. */
    public static final String TEMPLATE = """
            {%- for message in messages %}
                {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
            {%- endif %}""";

    private final Vocabulary vocabulary;
    private final int start;
    private final int end;
    private final int[] newline;

    /**
     * A rendered conversation.
     *
     * @param ids its tokens
     * @param learned which of them the Assistant says: the content of its turns and the token that ends them
     */
    public record Encoded(int[] ids, boolean[] learned) {}

    public ChatFormat(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.start = vocabulary.id(Vocabulary.MESSAGE_START);
        this.end = vocabulary.id(Vocabulary.MESSAGE_END);
        this.newline = vocabulary.encode("\n");
    }

    /** Renders a whole conversation, ending with the last message's end token. */
    public Encoded encode(Conversation conversation) {
        Builder builder = new Builder();
        for (Message message : conversation.messages()) {
            if (builder.n > 0) {
                builder.add(newline, false);
            }
            boolean assistant = message.speaker() == Speaker.ASSISTANT;
            builder.open(message.speaker());
            builder.add(vocabulary.encode(message.content()), assistant);
            builder.add(new int[] {end}, assistant);
        }
        return builder.encoded();
    }

    /** Renders a conversation up to where the Assistant's next answer begins. */
    public int[] prompt(Conversation conversation) {
        Builder builder = new Builder();
        for (Message message : conversation.messages()) {
            builder.open(message.speaker());
            builder.add(vocabulary.encode(message.content()), false);
            builder.add(new int[] {end}, false);
            builder.add(newline, false);
        }
        builder.open(Speaker.ASSISTANT);
        return builder.encoded().ids();
    }

    private final class Builder {
        private int[] ids = new int[256];
        private boolean[] learned = new boolean[256];
        private int n;

        void open(Speaker speaker) {
            add(new int[] {start}, false);
            add(vocabulary.encode(speaker.id()), false);
            add(newline, false);
        }

        void add(int[] more, boolean learn) {
            if (n + more.length > ids.length) {
                ids = Arrays.copyOf(ids, 2 * (n + more.length));
                learned = Arrays.copyOf(learned, ids.length);
            }
            System.arraycopy(more, 0, ids, n, more.length);
            Arrays.fill(learned, n, n + more.length, learn);
            n += more.length;
        }

        Encoded encoded() {
            return new Encoded(Arrays.copyOf(ids, n), Arrays.copyOf(learned, n));
        }
    }
}
