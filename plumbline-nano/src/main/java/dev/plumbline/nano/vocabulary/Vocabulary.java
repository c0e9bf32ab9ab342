package dev.plumbline.nano.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.artifact.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A byte-level BPE vocabulary: the 256 bytes, then one token per merge, then the special tokens. Any text can be encoded.
 * Thread-safe.
 */
public final class Vocabulary {
    /** Ends a document, and pads. */
    public static final String END_OF_TEXT = "<|endoftext|>";
    /** Opens a message. */
    public static final String MESSAGE_START = "<|im_start|>";
    /** Closes a message; the model ends its turn with it. */
    public static final String MESSAGE_END = "<|im_end|>";

    private static final List<String> SPECIAL = List.of(END_OF_TEXT, MESSAGE_START, MESSAGE_END);

    /** Cuts text into the pieces that merges never cross, as in Qwen's tokenizers. */
    private static final String PIECES = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final Pattern PIECE = Pattern.compile(PIECES, Pattern.UNICODE_CHARACTER_CLASS);

    private final List<String> tokens;
    private final List<Merge> merges;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Merge, Integer> ranks = new HashMap<>();
    private final Map<String, int[]> pieces = new ConcurrentHashMap<>();

    /** Two neighbouring tokens that become one. */
    record Merge(String left, String right) {
        String joined() {
            return left + right;
        }
    }

    Vocabulary(List<Merge> merges) {
        this.merges = List.copyOf(merges);
        List<String> all = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            all.add(String.valueOf(ByteAlphabet.of(b)));
        }
        for (int i = 0; i < merges.size(); i++) {
            ranks.put(merges.get(i), i);
            all.add(merges.get(i).joined());
        }
        all.addAll(SPECIAL);
        this.tokens = List.copyOf(all);
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
    }

    /** Reads the {@code tokenizer.json} that {@link #write} wrote. */
    public static Vocabulary read(Path tokenizerJson) {
        try {
            JsonNode root = new ObjectMapper().readTree(tokenizerJson.toFile());
            List<Merge> merges = new ArrayList<>();
            for (JsonNode merge : root.path("model").path("merges")) {
                String[] sides = merge.asText().split(" ", -1);
                merges.add(new Merge(sides[0], sides[1]));
            }
            return new Vocabulary(merges);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + tokenizerJson, e);
        }
    }

    /** Number of tokens, special ones included. */
    public int size() {
        return tokens.size();
    }

    /** Id of a token as it stands in the vocabulary. */
    public int id(String token) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new IllegalArgumentException("No token \"" + token + "\" among the " + tokens.size());
        }
        return id;
    }

    /** Token ids of a text without special tokens: what looks like one is encoded as ordinary characters. */
    public int[] encode(String text) {
        int[] encoded = new int[text.length() * 3];
        int n = 0;
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            int[] piece = pieces.computeIfAbsent(matcher.group(), this::encodePiece);
            System.arraycopy(piece, 0, encoded, n, piece.length);
            n += piece.length;
        }
        return Arrays.copyOf(encoded, n);
    }

    /** The text of these ids, special tokens left out. */
    public String decode(int[] tokenIds) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int id : tokenIds) {
            if (id < tokens.size() - SPECIAL.size()) {
                for (char c : tokens.get(id).toCharArray()) {
                    bytes.write(id(String.valueOf(c)));
                }
            }
        }
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private int[] encodePiece(String piece) {
        List<String> parts = new ArrayList<>();
        for (char c : ByteAlphabet.of(piece).toCharArray()) {
            parts.add(String.valueOf(c));
        }
        while (parts.size() > 1) {
            int best = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                best = Math.min(best, ranks.getOrDefault(new Merge(parts.get(i), parts.get(i + 1)), Integer.MAX_VALUE));
            }
            if (best == Integer.MAX_VALUE) {
                break;
            }
            parts = apply(merges.get(best), parts);
        }
        return parts.stream().mapToInt(this::id).toArray();
    }

    /** The parts with every occurrence of a merge joined, from the left. */
    static List<String> apply(Merge merge, List<String> parts) {
        List<String> joined = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            if (i + 1 < parts.size()
                    && parts.get(i).equals(merge.left())
                    && parts.get(i + 1).equals(merge.right())) {
                joined.add(merge.joined());
                i++;
            } else {
                joined.add(parts.get(i));
            }
        }
        return joined;
    }

    static List<String> cut(String text) {
        return PIECE.matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    /** Writes {@code tokenizer.json} in the format of Hugging Face's tokenizers library. */
    public void write(Path tokenizerJson) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (String special : SPECIAL) {
            added.addObject()
                    .put("id", id(special))
                    .put("content", special)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = sequence.putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", PIECES);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(steps.addObject());
        byteLevel(root.putObject("post_processor"));
        byteLevel(root.putObject("decoder"));
        ObjectNode model =
                root.putObject("model").put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode vocab = model.putObject("vocab");
        for (int id = 0; id < tokens.size() - SPECIAL.size(); id++) {
            vocab.put(tokens.get(id), id);
        }
        ArrayNode mergeList = model.putArray("merges");
        merges.forEach(m -> mergeList.add(m.left() + " " + m.right()));
        AtomicFile.write(
                tokenizerJson,
                out -> out.write((json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", false)
                .put("use_regex", false);
    }
}
