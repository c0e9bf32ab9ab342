package dev.plumbline.artifact;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes named tensors as safetensors: a length, a JSON header, and the bytes. The same tensors give the same bytes.
 */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SafetensorsWriter() {}

    /**
     * Replaces {@code file} atomically. Wider types come first, so that every tensor is aligned, and within a type the
     * order is that of {@code tensors}.
     *
     * @param metadata free text under free names
     * @throws java.io.UncheckedIOException if it cannot be written; the previous file is then untouched
     */
    public static void write(Path file, Map<String, TensorData> tensors, Map<String, String> metadata) {
        List<Map.Entry<String, TensorData>> ordered = tensors.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> -entry.getValue().dtype().bytes()))
                .toList();
        byte[] header = header(ordered, metadata);
        AtomicFile.write(file, out -> {
            WritableByteChannel channel = Channels.newChannel(out);
            channel.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .flip());
            channel.write(ByteBuffer.wrap(header));
            for (Map.Entry<String, TensorData> entry : ordered) {
                channel.write(entry.getValue().bytes());
            }
        });
    }

    private static byte[] header(List<Map.Entry<String, TensorData>> tensors, Map<String, String> metadata) {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            header.set("__metadata__", JSON.valueToTree(metadata));
        }
        long offset = 0;
        for (Map.Entry<String, TensorData> entry : tensors) {
            if (entry.getKey().equals("__metadata__")) {
                throw new IllegalArgumentException("A tensor cannot be called __metadata__ in safetensors");
            }
            TensorData tensor = entry.getValue();
            long end = offset + tensor.bytes().remaining();
            ObjectNode fields =
                    header.putObject(entry.getKey()).put("dtype", tensor.dtype().name());
            fields.set("shape", JSON.valueToTree(tensor.shape()));
            fields.set("data_offsets", JSON.valueToTree(new long[] {offset, end}));
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, json.length + Math.floorMod(-json.length, ALIGNMENT));
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
