package dev.plumbline.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tokenizer of a Hugging Face checkpoint: its tokenizer.json, run by the library that transformers uses. Adds no
 * special tokens of its own. Native memory is freed when the tokenizer is no longer reachable.
 *
 * <p>A lone surrogate, which is no character and has no UTF-8, is encoded as U+FFFD.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final TokenizersLibrary library;
    private final long handle;
    private final Map<String, Integer> ids;
    private final Map<String, Integer> addedTokens;
    private final int vocabSize;

    private HuggingFaceTokenizer(TokenizersLibrary library, long handle, TokenizerFile file) {
        this.library = library;
        this.handle = handle;
        this.ids = file.ids();
        this.addedTokens = file.addedTokens();
        this.vocabSize = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
        CLEANER.register(this, () -> library.deleteTokenizer(handle));
    }

    /**
     * Loads a checkpoint's tokenizer.
     *
     * @param checkpoint folder with a tokenizer.json
     * @throws TextFileException if the file is missing or is not a tokenizer
     */
    public static HuggingFaceTokenizer load(Path checkpoint) {
        Path path = checkpoint.resolve("tokenizer.json");
        TokenizerFile file = TokenizerFile.read(path);
        TokenizersLibrary library = NativeTokenizers.library();
        long handle;
        try {
            handle = library.createTokenizerFromString(file.json());
        } catch (RuntimeException e) {
            throw new TextFileException(path, "this is not a tokenizer: " + e.getMessage(), e);
        }
        return new HuggingFaceTokenizer(library, handle, file);
    }

    @Override
    public Encoding encode(String text) {
        String encodable = withoutLoneSurrogates(text);
        long encoding = library.encode(handle, encodable, false);
        try {
            int[] ids = ids(library.getTokenIds(encoding));
            CharSpan[] characters = library.getTokenCharSpans(encoding);
            return encoding(ids, characters, new CodePoints(encodable));
        } finally {
            library.deleteEncoding(encoding);
            Reference.reachabilityFence(this);
        }
    }

    private static Encoding encoding(int[] ids, CharSpan[] characters, CodePoints codePoints) {
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            // A token that stands for no character, such as a blank put before the text, sits where the last one ended.
            CharSpan span = characters[i];
            starts[i] = span == null ? (i == 0 ? 0 : ends[i - 1]) : codePoints.index(span.getStart());
            ends[i] = span == null ? starts[i] : codePoints.index(span.getEnd());
        }
        return new Encoding(ids, starts, ends);
    }

    private static int[] ids(long[] ids) {
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    private static String withoutLoneSurrogates(String text) {
        boolean lone = text.codePoints().anyMatch(HuggingFaceTokenizer::isSurrogate);
        return lone
                ? text.codePoints()
                        .map(c -> isSurrogate(c) ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        try {
            return library.decode(handle, Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The highest id plus one. */
    @Override
    public int vocabSize() {
        return vocabSize;
    }

    /** The longest added token, such as an end-of-turn mark, that a text starts with. */
    Optional<String> addedTokenAtStartOf(String text) {
        return addedTokens.keySet().stream()
                .filter(token -> !token.isEmpty() && text.startsWith(token))
                .max(Comparator.comparingInt(String::length));
    }
}
