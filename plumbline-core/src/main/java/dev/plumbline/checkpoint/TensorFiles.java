package dev.plumbline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The safetensors files of a checkpoint directory, found as transformers does: {@code model.safetensors}, or else the shards
 * that {@code model.safetensors.index.json} names, or else {@code model-00001-of-00003.safetensors} and so on, complete.
 *
 * @param files by name
 * @param tensors all tensors by name
 */
record TensorFiles(Map<String, SafetensorsFile> files, Map<String, StoredTensor> tensors) {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Pattern SHARD = Pattern.compile("model-(\\d{1,6})-of-(\\d{1,6})\\.safetensors");

    /** Other ways in which weights are published. */
    private static final Pattern OTHER = Pattern.compile(".*\\.(bin|pt|pth|ckpt|gguf|h5|msgpack|onnx)");

    /** Whether a directory holds weights, readable or not. */
    static boolean areIn(Path directory) {
        return names(directory).stream()
                .anyMatch(name ->
                        name.contains(".safetensors") || OTHER.matcher(name).matches());
    }

    static TensorFiles in(Path directory) {
        if (Files.isRegularFile(directory.resolve(SINGLE))) {
            SafetensorsFile file = SafetensorsFile.read(directory.resolve(SINGLE));
            return new TensorFiles(Map.of(SINGLE, file), file.tensors());
        }
        if (Files.isRegularFile(directory.resolve(INDEX))) {
            return indexed(directory.resolve(INDEX));
        }
        return unindexed(directory);
    }

    private static TensorFiles indexed(Path index) {
        JsonNode weightMap = Checkpoint.json(index).path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw new MalformedCheckpointException(index, "has no \"weight_map\"");
        }
        Map<String, SafetensorsFile> shards = new TreeMap<>();
        Map<String, StoredTensor> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
            String name = entry.getValue().asText();
            if (!isPlainFileName(name)) {
                throw new MalformedCheckpointException(
                        index, "places \"" + entry.getKey() + "\" in \"" + name + "\"; expected a plain file name");
            }
            StoredTensor tensor = shards.computeIfAbsent(name, n -> SafetensorsFile.read(index.resolveSibling(n)))
                    .tensors()
                    .get(entry.getKey());
            if (tensor == null) {
                throw new MalformedCheckpointException(
                        index, "places \"" + entry.getKey() + "\" in " + name + ", which has no such tensor");
            }
            tensors.put(entry.getKey(), tensor);
        }
        return new TensorFiles(shards, tensors);
    }

    private static boolean isPlainFileName(String name) {
        try {
            Path path = Path.of(name);
            return !name.isEmpty() && !name.equals("..") && !path.isAbsolute() && path.getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static TensorFiles unindexed(Path directory) {
        List<String> names = names(directory);
        Map<String, SafetensorsFile> shards = new TreeMap<>();
        Map<String, StoredTensor> tensors = new TreeMap<>();
        TreeSet<Integer> numbers = new TreeSet<>();
        TreeSet<Integer> counts = new TreeSet<>();
        for (String name : names) {
            Matcher shard = SHARD.matcher(name);
            if (shard.matches()) {
                numbers.add(Integer.valueOf(shard.group(1)));
                counts.add(Integer.valueOf(shard.group(2)));
                shards.put(name, SafetensorsFile.read(directory.resolve(name)));
            }
        }
        requireComplete(directory, names, numbers, counts);
        shards.forEach((name, file) -> file.tensors().forEach((tensor, stored) -> {
            StoredTensor other = tensors.put(tensor, stored);
            if (other != null) {
                throw new MalformedCheckpointException(
                        stored.file(),
                        "holds \"" + tensor + "\", and so does " + other.file().getFileName());
            }
        }));
        return new TensorFiles(shards, tensors);
    }

    private static void requireComplete(
            Path directory, List<String> names, TreeSet<Integer> numbers, TreeSet<Integer> counts) {
        if (numbers.isEmpty()) {
            throw new MalformedCheckpointException(
                    directory.resolve(SINGLE),
                    "no such file, nor " + INDEX
                            + names.stream()
                                    .filter(name -> OTHER.matcher(name).matches())
                                    .findFirst()
                                    .map(name ->
                                            "; " + name + " is of a kind that is not read: convert it to safetensors")
                                    .orElse(""));
        }
        int count = counts.last();
        if (counts.size() > 1 || numbers.size() != count || numbers.first() != 1 || numbers.last() != count) {
            throw new MalformedCheckpointException(
                    directory, "holds the shards " + numbers + " of " + counts + "; expected all of one set");
        }
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MalformedCheckpointException(directory, "cannot be read: " + e.getMessage(), e);
        }
    }
}
