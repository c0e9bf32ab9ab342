package dev.plumbline.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where everything is in a run directory.
 *
 * @param root the directory
 */
public record RunLayout(Path root) {

    public Path manifest() {
        return root.resolve("manifest.json");
    }

    public Path losses() {
        return root.resolve("losses.jsonl");
    }

    public Path axis() {
        return root.resolve("axis.pt");
    }

    public Path responsesDirectory() {
        return root.resolve("responses");
    }

    public Path responses(String role) {
        return responsesDirectory().resolve(role + ".jsonl");
    }

    public Path scoresDirectory() {
        return root.resolve("scores");
    }

    public Path scores(String role) {
        return scoresDirectory().resolve(role + ".json");
    }

    public Path activationsDirectory() {
        return root.resolve("activations");
    }

    public Path activations(String role) {
        return activationsDirectory().resolve(role + ".pt");
    }

    /** Vectors of responses fully in role (score 3), and of the default Assistant. */
    public Path vectorsDirectory() {
        return root.resolve("vectors");
    }

    public Path vector(String role) {
        return vectorsDirectory().resolve(role + ".pt");
    }

    /** Vectors of responses somewhat in role (score 2). */
    public Path somewhatVectorsDirectory() {
        return root.resolve("vectors_pos_2");
    }

    public Path somewhatVector(String role) {
        return somewhatVectorsDirectory().resolve(role + ".pt");
    }

    Path lock() {
        return root.resolve("run.lock");
    }

    Path sums(String role) {
        return root.resolve("sums").resolve(role + ".pt");
    }

    Path recordsDirectory() {
        return root.resolve("records");
    }

    Path record(String role, PipelineStep step) {
        return recordsDirectory().resolve(role + "." + step.name().toLowerCase(Locale.ROOT) + ".json");
    }

    Path workDirectory() {
        return root.resolve("work");
    }

    /** What one step has done for one role, as long as it is not complete. */
    Path journal(String role, PipelineStep step) {
        return workDirectory().resolve(role + "." + step.name().toLowerCase(Locale.ROOT) + ".jsonl");
    }

    /** Response means of one role, as long as they wait for scores. */
    Path means(String role) {
        return workDirectory().resolve(role + ".means.f32");
    }

    /** All directories in which files are replaced. */
    List<Path> directories() {
        return List.of(
                root,
                responsesDirectory(),
                scoresDirectory(),
                activationsDirectory(),
                vectorsDirectory(),
                somewhatVectorsDirectory(),
                root.resolve("sums"),
                recordsDirectory(),
                workDirectory());
    }
}
