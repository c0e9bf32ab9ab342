package dev.plumbline.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.artifact.VectorCollection;
import dev.plumbline.checkpoint.Checkpoint;
import dev.plumbline.checkpoint.StoredTensor;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.LayerVectors;
import dev.plumbline.hub.HubRepo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder: a checkpoint, a run, or a collection of vectors. */
final class DirectoryInspector {

    private static final List<String> RUN_PARTS =
            List.of("responses", "scores", "activations", "vectors", "vectors_pos_2");

    private final Findings findings;
    private final Path folder;

    DirectoryInspector(Findings findings) {
        this.findings = findings;
        this.folder = findings.path();
    }

    void inspect() {
        if (Files.isRegularFile(folder.resolve("config.json"))) {
            if (Checkpoint.hasWeights(folder)) {
                checkpoint();
            } else {
                withoutWeights();
            }
        } else if (Files.isRegularFile(folder.resolve("manifest.json"))
                || Files.isDirectory(folder.resolve("responses"))) {
            run();
        } else {
            collection();
        }
    }

    private void checkpoint() {
        findings.kind("checkpoint directory");
        Checkpoint checkpoint = Checkpoint.open(folder);
        JsonNode config = checkpoint.config();
        findings.fact("architecture", config.path("architectures").path(0).asText("not given"));
        findings.fact("identity", checkpoint.identity());
        long bytes = checkpoint.tensors().values().stream()
                .mapToLong(StoredTensor::bytes)
                .sum();
        long files = checkpoint.tensors().values().stream()
                .map(StoredTensor::file)
                .distinct()
                .count();
        HubRepo.ofSnapshot(folder).ifPresent(repo -> findings.fact("source", repo));
        findings.fact(
                "weights", checkpoint.tensors().size() + " tensors in " + files + " files, " + Findings.bytes(bytes));
        checkpoint.tensors().values().stream()
                .collect(Collectors.groupingBy(StoredTensor::dtype, TreeMap::new, Collectors.counting()))
                .forEach((dtype, count) -> findings.fact("weights of " + dtype, count));
        new ConfigurationInspector(findings).inspect(checkpoint);
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                findings.suspect("it has no " + file + ", without which no text can be given to it");
            }
        }
        boolean template = Files.isRegularFile(folder.resolve("chat_template.jinja"))
                || checkpoint
                        .json("tokenizer_config.json")
                        .filter(json -> json.has("chat_template"))
                        .isPresent();
        findings.fact("chat template", template ? "yes" : "none");
        checkpoint
                .tensors()
                .values()
                .forEach(tensor -> findings.entry(tensor.name(), tensor.dtype() + Arrays.toString(tensor.shape()), ""));
    }

    /** What is left where only some files were downloaded. */
    private void withoutWeights() {
        Inspection config = Inspection.of(folder.resolve("config.json"));
        findings.kind("checkpoint directory without weights");
        config.facts().forEach(fact -> findings.fact(fact.name(), fact.value()));
        config.suspicions().forEach(findings::suspect);
        findings.suspect("it has no model.safetensors, nor shards of it");
    }

    private void run() {
        findings.kind("run directory");
        for (String part : RUN_PARTS) {
            if (Files.isDirectory(folder.resolve(part))) {
                findings.fact(part, count(folder.resolve(part)) + " files");
            }
        }
        Path axis = folder.resolve("axis.pt");
        if (Files.isRegularFile(axis)) {
            vectors(VectorCollection.open(folder));
        } else {
            findings.suspect("it has no axis.pt yet: the run is not finished");
        }
        if (Files.isRegularFile(folder.resolve("losses.jsonl"))) {
            findings.fact("losses", lines(folder.resolve("losses.jsonl")) + " named in losses.jsonl");
        }
    }

    private void collection() {
        findings.kind("folder");
        try {
            VectorCollection collection = VectorCollection.open(folder);
            findings.kind("vectors of a model");
            findings.fact("roles", collection.roles().size());
            findings.fact("traits", collection.traits().size());
            findings.fact("default Assistant", collection.hasAssistant() ? "yes" : "none");
            findings.fact(
                    "axis", collection.hasAxisFile() ? "in a file of its own" : "from the Assistant and the roles");
            if (collection.hasAxisFile() || collection.hasAssistant()) {
                vectors(collection);
            } else {
                findings.suspect("it has neither an axis nor a default Assistant, so nothing can be placed on an axis");
            }
        } catch (MalformedArtifactException e) {
            findings.suspect(String.valueOf(e.getMessage()));
        }
    }

    private void vectors(VectorCollection collection) {
        LayerVectors axis = collection.axis().vectors();
        findings.fact("axis of", axis.nLayers() + " layers, " + axis.dModel() + " components");
        collection.provenance().ifPresent(findings::provenance);
        findings.settings(collection.settings(new AssistantAxis(axis)));
        double[] norms = axis.norms();
        for (int i = 0; i < norms.length; i++) {
            if (norms[i] == 0) {
                findings.suspect("the axis is zero at layer " + axis.layers()[i]);
            }
        }
    }

    private static long count(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.toString().endsWith(".meta.json")).count();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
