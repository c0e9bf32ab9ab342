package dev.plumbline.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The validated header of a safetensors file: an 8-byte little-endian length, JSON of that length, then the tensors' bytes
 * without gaps. Format: <a href="https://huggingface.co/docs/safetensors">huggingface.co/docs/safetensors</a>.
 *
 * <p>After {@link #read} every tensor is known to lie inside the file, to have exactly the bytes of its shape, and to
 * overlap no other.
 */
public final class SafetensorsFile {

    /** The limit of the reference implementation. */
    private static final long MAX_HEADER = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final long size;
    private final byte[] header;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(Path path, long size, byte[] header) {
        this.path = path;
        this.size = size;
        this.header = header;
        JsonNode root = parse();
        this.metadata = metadata(root);
        this.tensors = tensors(root);
        requireNoGapsOrOverlaps();
    }

    /**
     * Reads and validates the header.
     *
     * @throws MalformedCheckpointException if the file is missing, unreadable or not a valid safetensors file
     */
    public static SafetensorsFile read(Path path) {
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw new MalformedCheckpointException(
                        path, "has " + size + " bytes; a safetensors file has at least 8");
            }
            long length = readFully(channel, 0, Long.BYTES).getLong();
            if (length < 0 || length > MAX_HEADER || length > size - Long.BYTES) {
                throw new MalformedCheckpointException(
                        path,
                        "announces a header of " + Long.toUnsignedString(length) + " bytes; expected at most "
                                + Math.min(MAX_HEADER, size - Long.BYTES)
                                + (size - Long.BYTES < MAX_HEADER ? ", the rest of the file" : ""));
            }
            return new SafetensorsFile(
                    path, size, readFully(channel, Long.BYTES, (int) length).array());
        } catch (NoSuchFileException e) {
            throw new MalformedCheckpointException(path, "no such file", e);
        } catch (IOException e) {
            throw new MalformedCheckpointException(path, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer readFully(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file ends at byte " + (position + buffer.position()));
            }
        }
        return buffer.flip();
    }

    private JsonNode parse() {
        JsonNode root;
        try {
            root = JSON.readTree(header);
        } catch (JacksonException e) {
            throw new MalformedCheckpointException(path, "header is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedCheckpointException(path, "header cannot be read: " + e.getMessage(), e);
        }
        if (!root.isObject()) {
            throw new MalformedCheckpointException(path, "header is not a JSON object");
        }
        return root;
    }

    private Map<String, String> metadata(JsonNode root) {
        Map<String, String> values = new LinkedHashMap<>();
        root.path("__metadata__")
                .properties()
                .forEach(e -> values.put(e.getKey(), e.getValue().asText()));
        return Collections.unmodifiableMap(values);
    }

    private Map<String, StoredTensor> tensors(JsonNode root) {
        Map<String, StoredTensor> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                found.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private StoredTensor tensor(String name, JsonNode description) {
        DType dtype = dtype(name, description.path("dtype").asText());
        long[] shape = longs(name, "shape", description.path("shape"));
        long[] span = longs(name, "data_offsets", description.path("data_offsets"));
        long expected;
        try {
            expected = Math.multiplyExact(TensorData.numel(shape), (long) dtype.bytes());
        } catch (ArithmeticException e) {
            throw malformed(name, "has shape " + Arrays.toString(shape) + ", more bytes than can be counted", e);
        }
        long available = size - dataStart();
        if (span.length != 2 || span[1] < span[0] || span[1] > available) {
            throw malformed(
                    name, "lies at " + Arrays.toString(span) + "; expected a range within [0, " + available + "]");
        }
        if (span[1] - span[0] != expected) {
            throw malformed(
                    name,
                    "has " + (span[1] - span[0]) + " bytes; expected " + expected + " for " + dtype
                            + Arrays.toString(shape));
        }
        return new StoredTensor(name, dtype, shape, path, dataStart() + span[0], expected);
    }

    private DType dtype(String name, String stored) {
        try {
            return DType.valueOf(stored);
        } catch (IllegalArgumentException e) {
            throw malformed(name, "has dtype \"" + stored + "\"; supported are " + Arrays.toString(DType.values()), e);
        }
    }

    private long[] longs(String name, String field, JsonNode array) {
        if (!array.isArray()) {
            throw malformed(name, "has no list \"" + field + "\"");
        }
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                throw malformed(name, field + " holds " + value + "; expected whole numbers from 0");
            }
            values[i] = value.asLong();
        }
        return values;
    }

    private void requireNoGapsOrOverlaps() {
        List<StoredTensor> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::bytes));
        long end = dataStart();
        for (StoredTensor tensor : inOrder) {
            if (tensor.offset() != end) {
                throw malformed(
                        tensor.name(),
                        (tensor.offset() < end ? "overlaps the tensor before it" : "leaves a gap before it")
                                + ": starts at byte " + tensor.offset() + " of the file, expected " + end);
            }
            end += tensor.bytes();
        }
        if (end != size) {
            throw new MalformedCheckpointException(path, "has " + size + " bytes; its tensors end at byte " + end);
        }
    }

    private MalformedCheckpointException malformed(String tensor, String problem) {
        return new MalformedCheckpointException(path, "tensor \"" + tensor + "\" " + problem);
    }

    private MalformedCheckpointException malformed(String tensor, String problem, Exception cause) {
        return new MalformedCheckpointException(path, "tensor \"" + tensor + "\" " + problem, cause);
    }

    private long dataStart() {
        return (long) Long.BYTES + header.length;
    }

    public Path path() {
        return path;
    }

    /** Size of the whole file in bytes. */
    public long size() {
        return size;
    }

    /** All tensors by name, in the header's order. */
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** The file's free-form strings. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The header as it stands in the file, for a digest. */
    byte[] header() {
        return header;
    }

    /**
     * Reads one tensor into memory.
     *
     * @throws MalformedCheckpointException if there is none of that name, or the file has changed
     */
    public TensorData load(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new MalformedCheckpointException(path, "has no tensor \"" + name + "\"");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return new TensorData(
                    tensor.dtype(),
                    tensor.shape(),
                    readFully(channel, tensor.offset(), Math.toIntExact(tensor.bytes())));
        } catch (IOException e) {
            throw malformed(name, "cannot be read: " + e.getMessage(), e);
        }
    }
}
