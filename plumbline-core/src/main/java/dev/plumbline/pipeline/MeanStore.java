package dev.plumbline.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.pipeline.ActivationSource.Reading;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Scratch of one role: the means of its responses, on disk until their scores are known. Slots of equal size lie in one
 * file; a journal says which response is in which slot. A slot is synced before its journal line is written, so a line
 * always speaks the truth. Not thread-safe.
 */
final class MeanStore implements MeanSource {

    private final String role;
    private final Path slots;
    private final Journal journal;
    private final SortedMap<RolloutKey, Integer> slotOf = new TreeMap<>();
    private final SortedMap<RolloutKey, Loss> lost = new TreeMap<>();
    private int nextSlot;
    private long[] shape = {};

    /** Opens what is there, after repairing what a killed process left. */
    MeanStore(RunLayout layout, String role) {
        this.role = role;
        this.slots = layout.means(role);
        this.journal = new Journal(layout.journal(role, PipelineStep.ACTIVATIONS));
        int number = 0;
        long slotsHeld = 0;
        for (String line : journal.recover()) {
            number++;
            JsonNode entry = Json.parse(journal.file(), number, line, JsonNode.class);
            RolloutKey key = key(number, entry);
            if (entry.has("lost")) {
                lost.put(
                        key,
                        Json.parse(journal.file(), number, entry.path("lost").toString(), Loss.class));
                continue;
            }
            if (shape.length == 0) {
                shape = new long[] {
                    entry.path("layers").asLong(), entry.path("d_model").asLong()
                };
                slotsHeld = size() / slotBytes();
            }
            if (nextSlot < slotsHeld) {
                slotOf.put(key, nextSlot);
                lost.remove(key);
            }
            nextSlot++;
        }
    }

    private RolloutKey key(int number, JsonNode entry) {
        return RolloutKey.parse(entry.path("key").asText())
                .orElseThrow(
                        () -> new MalformedArtifactException(journal.file(), "line " + number + " names no response"));
    }

    /** Whether it is known what became of a response. */
    boolean contains(RolloutKey key) {
        return slotOf.containsKey(key) || lost.containsKey(key);
    }

    boolean isEmpty() {
        return slotOf.isEmpty() && lost.isEmpty();
    }

    /**
     * Keeps these readings; durable on return. A later reading of a response replaces an earlier one, so that a row and a
     * mean that are kept are of the same response even if its first row never reached the disk.
     */
    void put(SortedMap<RolloutKey, Reading> readings) {
        List<String> lines = new ArrayList<>();
        SortedMap<RolloutKey, Integer> added = new TreeMap<>();
        SortedMap<RolloutKey, Loss> addedLosses = new TreeMap<>();
        try {
            Files.createDirectories(slots.toAbsolutePath().getParent());
            try (RandomAccessFile access = new RandomAccessFile(slots.toFile(), "rw")) {
                for (Map.Entry<RolloutKey, Reading> entry : readings.entrySet()) {
                    RolloutKey key = entry.getKey();
                    ObjectNode line = Json.MAPPER.createObjectNode().put("key", key.toString());
                    if (entry.getValue() instanceof Reading.Mean reading) {
                        requireShape(key, reading.mean());
                        int slot = nextSlot + added.size();
                        write(access, slot, reading.mean());
                        added.put(key, slot);
                        line.put("layers", shape[0]).put("d_model", shape[1]);
                    } else if (entry.getValue() instanceof Reading.Lost reading) {
                        Loss loss = new Loss(role, key.toString(), reading.kind(), reading.why());
                        addedLosses.put(key, loss);
                        line.set("lost", Json.MAPPER.valueToTree(loss));
                    }
                    lines.add(Json.line(line));
                }
                access.getFD().sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + slots + ": " + e.getMessage(), e);
        }
        journal.append(lines);
        nextSlot += added.size();
        added.forEach((key, slot) -> {
            slotOf.put(key, slot);
            lost.remove(key);
        });
        addedLosses.forEach((key, loss) -> {
            lost.put(key, loss);
            slotOf.remove(key);
        });
    }

    private void requireShape(RolloutKey key, TensorData mean) {
        long[] found = mean.shape();
        if (mean.dtype() != DType.F32 || found.length != 2) {
            throw new IllegalArgumentException(
                    "Mean of " + role + " " + key + " is " + mean + "; expected F32[layers, d_model]");
        }
        if (shape.length == 0) {
            shape = found;
        } else if (!Arrays.equals(shape, found)) {
            throw new IllegalArgumentException("Mean of " + role + " " + key + " is " + mean
                    + "; earlier ones of this role are F32" + Arrays.toString(shape));
        }
    }

    private void write(RandomAccessFile access, int slot, TensorData mean) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(slotBytes())];
        mean.bytes().get(bytes);
        access.seek(slot * slotBytes());
        access.write(bytes);
    }

    @Override
    public SortedSet<RolloutKey> keys() {
        return new TreeSet<>(slotOf.keySet());
    }

    /** Responses that have no mean, by name. */
    List<Loss> lost() {
        return List.copyOf(lost.values());
    }

    long[] shape() {
        return shape.clone();
    }

    @Override
    public TensorData mean(RolloutKey key) {
        Integer slot = slotOf.get(key);
        if (slot == null) {
            throw new IllegalArgumentException("There is no mean of " + role + " " + key);
        }
        byte[] bytes = new byte[Math.toIntExact(slotBytes())];
        try (RandomAccessFile access = new RandomAccessFile(slots.toFile(), "r")) {
            access.seek(slot * slotBytes());
            access.readFully(bytes);
        } catch (EOFException e) {
            throw new MalformedArtifactException(slots, "ends before the mean of " + key);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + slots + ": " + e.getMessage(), e);
        }
        return new TensorData(DType.F32, shape, ByteBuffer.wrap(bytes));
    }

    private long slotBytes() {
        return Math.multiplyExact(TensorData.numel(shape), (long) Float.BYTES);
    }

    private long size() {
        try {
            return Files.exists(slots) ? Files.size(slots) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + slots + ": " + e.getMessage(), e);
        }
    }

    /** Frees the disk; the journal goes first, for it is what makes slots mean anything. */
    void delete() {
        journal.delete();
        try {
            Files.deleteIfExists(slots);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + slots + ": " + e.getMessage(), e);
        }
        slotOf.clear();
        lost.clear();
        nextSlot = 0;
        shape = new long[0];
    }
}
