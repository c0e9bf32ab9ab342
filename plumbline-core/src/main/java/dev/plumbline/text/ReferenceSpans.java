package dev.plumbline.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Spans as the reference code of the Assistant Axis finds them (github.com/safety-research/assistant-axis, its
 * {@code ConversationEncoder.build_turn_spans}), mistakes included, so that results made with it can be compared with those
 * of {@link ChatFormat#render}.
 *
 * <p>Of a model with "qwen" in its name it takes what stands between {@code <|im_start|>role} and {@code <|im_end|>}; from an
 * assistant's turn, with thinking off, it leaves out thoughts and then blank tokens at the edges, but counts everything from
 * the first token left to the last. Of other models it looks for the tokens of the content, tokenised alone, behind what a
 * message has in common with the same message left empty, and takes all of that if it does not find them; their templates
 * are told nothing of thinking.
 */
public final class ReferenceSpans {
    private final ChatFormat format;
    private final Tokenizer tokenizer;
    private final boolean qwen;

    private ReferenceSpans(ChatFormat format, boolean qwen) {
        this.format = format;
        this.tokenizer = format.tokenizer();
        this.qwen = qwen;
    }

    /**
     * The rules for a model.
     *
     * @param modelName as it would be given to the reference, which decides by it
     */
    public static ReferenceSpans of(ChatFormat format, String modelName) {
        return new ReferenceSpans(format, modelName.toLowerCase(Locale.ROOT).contains("qwen"));
    }

    /**
     * A finished conversation: text and tokens as {@link ChatFormat#render} has them, but for templates that think unless they
     * are told not to; at most one span for each message.
     *
     * @throws dev.plumbline.text.template.TemplateException if the template does not take such a conversation, or one that
     *     ends earlier or with an empty message
     */
    public RenderedConversation render(Conversation conversation) {
        String text = text(conversation.messages());
        Tokenizer.Encoding encoding = tokenizer.encode(text);
        List<Found> found = qwen ? betweenMarks(conversation, encoding.ids()) : besideEmpty(conversation);
        return rendered(conversation, text, encoding, found);
    }

    /** A range of tokens that is taken for a message; it may end beyond the conversation. */
    private record Found(int turn, int start, int end) {}

    private RenderedConversation rendered(
            Conversation conversation, String text, Tokenizer.Encoding encoding, List<Found> found) {
        List<Message> turns = turns(conversation);
        List<Span> spans = new ArrayList<>();
        List<SkippedTurn> skipped = new ArrayList<>();
        for (int turn = 0; turn < turns.size(); turn++) {
            int wanted = turn;
            Speaker speaker = turns.get(turn).speaker();
            found.stream()
                    .filter(f -> f.turn() == wanted)
                    .map(f -> span(f, speaker, text, encoding))
                    .filter(span -> span.length() > 0)
                    .findFirst()
                    .ifPresentOrElse(
                            spans::add,
                            () -> skipped.add(new SkippedTurn(wanted, speaker, SkippedTurn.Reason.NOT_FOUND)));
        }
        return new RenderedConversation(text, encoding.ids(), spans, skipped);
    }

    private static Span span(Found found, Speaker speaker, String text, Tokenizer.Encoding encoding) {
        int end = Math.min(found.end(), encoding.ids().length);
        int start = Math.min(found.start(), end);
        String covered = start == end ? "" : text.substring(encoding.starts()[start], encoding.ends()[end - 1]);
        return new Span(found.turn(), speaker, start, end, covered);
    }

    private static List<Message> turns(Conversation conversation) {
        return conversation.messages().stream()
                .filter(message -> message.speaker() != Speaker.SYSTEM)
                .toList();
    }

    private String text(List<Message> messages) {
        Conversation conversation = new Conversation(messages);
        ChatTemplate template = format.template();
        return (qwen
                        ? template.render(conversation, false, format.thinking())
                        : template.renderByItsDefaults(conversation))
                .string();
    }

    private int[] ids(List<Message> messages) {
        return tokenizer.encode(text(messages)).ids();
    }

    /** The id of a token of the vocabulary, or of the unknown token for one that is not. */
    private OptionalInt id(String token) {
        OptionalInt id = tokenizer.id(token);
        return id.isPresent()
                ? id
                : format.template().specialToken("unk_token").map(tokenizer::id).orElseGet(OptionalInt::empty);
    }

    private static boolean is(OptionalInt id, int token) {
        return id.isPresent() && id.getAsInt() == token;
    }

    private List<Found> betweenMarks(Conversation conversation, int[] ids) {
        OptionalInt start = id("<|im_start|>");
        OptionalInt end = id("<|im_end|>");
        OptionalInt user = id("user");
        OptionalInt assistant = id("assistant");
        List<Message> expected = turns(conversation);
        List<Found> found = new ArrayList<>();
        int turn = 0;
        for (int i = 0; i + 1 < ids.length && turn < expected.size(); i++) {
            if (!is(start, ids[i]) || (!is(user, ids[i + 1]) && !is(assistant, ids[i + 1]))) {
                continue;
            }
            int contentEnd = indexOf(ids, i + 2, id -> is(end, id));
            if (contentEnd < 0) {
                continue;
            }
            Speaker speaker = is(user, ids[i + 1]) ? Speaker.USER : Speaker.ASSISTANT;
            if (speaker == expected.get(turn).speaker()) {
                int[] content = content(speaker, ids, i + 2, contentEnd);
                if (content.length > 0) {
                    found.add(new Found(turn, content[0], content[content.length - 1] + 1));
                }
                turn++; // a turn of somebody else is waited for in vain, and all later ones with it
            }
            i = contentEnd;
        }
        return found;
    }

    private static int indexOf(int[] ids, int from, IntPredicate wanted) {
        for (int i = from; i < ids.length; i++) {
            if (wanted.test(ids[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Positions from {@code start} to {@code end}, without thoughts and blank edges where those do not count. */
    private int[] content(Speaker speaker, int[] ids, int start, int end) {
        OptionalInt open = id("<think>");
        OptionalInt close = id("</think>");
        List<Integer> kept = new ArrayList<>();
        boolean whole =
                speaker == Speaker.USER || format.thinking() == Thinking.ON || open.isEmpty() || close.isEmpty();
        boolean thinking = false;
        for (int i = start; i < end; i++) {
            if (!whole && is(open, ids[i])) {
                thinking = true;
            } else if (!whole && is(close, ids[i])) {
                thinking = false;
            } else if (!thinking) {
                kept.add(i);
            }
        }
        return (whole ? kept : withoutBlankEdges(kept, ids))
                .stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Integer> withoutBlankEdges(List<Integer> kept, int[] ids) {
        int first = 0;
        int last = kept.size();
        while (first < last && isBlank(ids[kept.get(first)])) {
            first++;
        }
        while (last > first && isBlank(ids[kept.get(last - 1)])) {
            last--;
        }
        return kept.subList(first, last);
    }

    private boolean isBlank(int token) {
        return tokenizer.decode(new int[] {token}, false).chars().allMatch(SpanFinder::isSpace);
    }

    private List<Found> besideEmpty(Conversation conversation) {
        List<Found> found = new ArrayList<>();
        int turn = 0;
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            if (message.speaker() != Speaker.SYSTEM) {
                List<Message> before = conversation.messages().subList(0, i);
                found.add(besideEmpty(turn++, before, message));
            }
        }
        return found;
    }

    private Found besideEmpty(int turn, List<Message> before, Message message) {
        int[] full = ids(append(before, message));
        int[] empty = ids(append(before, new Message(message.speaker(), "")));
        int common = 0;
        while (common < Math.min(full.length, empty.length) && full[common] == empty[common]) {
            common++;
        }
        int end = full.length;
        while (end > common && format.specialTokens().contains(full[end - 1])) {
            end--;
        }
        int[] delta = Arrays.copyOfRange(full, common, end);
        for (String content : List.of(message.content(), " " + message.content())) {
            int[] wanted = tokenizer.encode(content).ids();
            int at = find(delta, wanted);
            if (at >= 0) {
                return new Found(turn, common + at, common + at + wanted.length);
            }
        }
        return new Found(turn, common, end);
    }

    private static List<Message> append(List<Message> before, Message message) {
        List<Message> longer = new ArrayList<>(before);
        longer.add(message);
        return longer;
    }

    /** Where a sequence first occurs in another; nothing occurs nowhere. */
    private static int find(int[] hay, int[] needle) {
        for (int at = 0; needle.length > 0 && at + needle.length <= hay.length; at++) {
            if (Arrays.equals(hay, at, at + needle.length, needle, 0, needle.length)) {
                return at;
            }
        }
        return -1;
    }
}
