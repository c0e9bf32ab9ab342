package dev.plumbline.pipeline;

import dev.plumbline.judge.Judge;
import dev.plumbline.judge.Rubric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run directory, held for as long as this is open. Each step reads files and writes files, so each can be run alone on
 * files from elsewhere; what is finished is not done again. An interrupt of the calling thread ends a step and leaves
 * everything so that the same command goes on from there.
 */
public final class PipelineRun implements AutoCloseable {

    private final PipelineOptions options;
    private final PipelineProgress progress;
    private final RunLayout layout;
    private final RunLock lock;
    private final RoleFolder folder;
    private final RunManifest manifest;

    private PipelineRun(PipelineOptions options, PipelineProgress progress, RunLock lock) {
        this.options = options;
        this.progress = progress;
        this.layout = options.layout();
        this.lock = lock;
        this.folder = new RoleFolder(layout, progress);
        this.manifest = new RunManifest(layout);
    }

    /**
     * Opens a run directory, and makes it if need be.
     *
     * @throws PipelineException if another process works on it
     */
    public static PipelineRun open(PipelineOptions options, PipelineProgress progress) {
        return new PipelineRun(options, progress, RunLock.acquire(options.layout()));
    }

    /**
     * All steps: generate, judge meanwhile, then vectors and axis. The source must capture means.
     *
     * @throws ParameterMismatchException if the directory was made with other parameters
     * @throws PipelineException if a step cannot go on
     */
    public PipelineSummary all(ResponseSource source, Judge judge) throws InterruptedException {
        if (source.capture().isEmpty()) {
            throw new IllegalArgumentException("The source gives no activations, so vectors need the activations step:"
                    + " generate, activations, judge, vectors, axis");
        }
        long start = System.nanoTime();
        generateAndJudge(source, judge);
        return vectorsAndAxis(start);
    }

    /** All steps with responses from a source that does not capture, whose activations a second source reads. */
    public PipelineSummary all(ResponseSource source, ActivationSource activations, Judge judge)
            throws InterruptedException {
        long start = System.nanoTime();
        generateAndJudge(source, judge);
        readActivations(activations);
        return vectorsAndAxis(start);
    }

    /** Step 1. */
    public PipelineSummary generate(ResponseSource source) throws InterruptedException {
        long start = System.nanoTime();
        new GenerateStep(options, manifest, source, progress).run(folder::foldIfComplete);
        return summary(List.of(), List.of(), start);
    }

    /** Step 2, for responses whose activations were not captured while they were generated. */
    public PipelineSummary activations(ActivationSource source) throws InterruptedException {
        long start = System.nanoTime();
        readActivations(source);
        return summary(List.of(), List.of(), start);
    }

    /** Step 3. */
    public PipelineSummary judge(Judge judge) throws InterruptedException {
        long start = System.nanoTime();
        List<String> roles = rolesWithResponses();
        long total = 0;
        for (String role : roles) {
            if (!RoleFile.isDefault(role)) {
                total += count(layout.responses(role));
            }
        }
        progress.started(PipelineStep.JUDGE, total);
        try (JudgeDesk desk = desk(judge, roles)) {
            roles.forEach(desk::submit);
            desk.finish();
        }
        return summary(List.of(), List.of(), start);
    }

    /** Step 4. */
    public PipelineSummary vectors() throws InterruptedException {
        long start = System.nanoTime();
        List<SkippedVector> skipped = makeVectors();
        return summary(skipped, List.of(), start);
    }

    /** Step 5. */
    public PipelineSummary axis() {
        long start = System.nanoTime();
        return summary(List.of(), new AxisStep(layout, progress).run(rolesIn(layout.vectorsDirectory(), ".pt")), start);
    }

    @Override
    public void close() {
        lock.close();
    }

    private void generateAndJudge(ResponseSource source, Judge judge) throws InterruptedException {
        GenerateStep generate = new GenerateStep(options, manifest, source, progress);
        generate.claim();
        long judged = generate.plan().sizes().entrySet().stream()
                .filter(size -> !RoleFile.isDefault(size.getKey()))
                .mapToLong(size -> size.getValue())
                .sum();
        progress.started(PipelineStep.JUDGE, judged);
        try (JudgeDesk desk = desk(judge, generate.plan().sizes().keySet())) {
            generate.run(role -> {
                folder.foldIfComplete(role);
                desk.submit(role);
            });
            desk.finish();
        }
    }

    private void readActivations(ActivationSource source) throws InterruptedException {
        new ActivationsStep(layout, manifest, source, options.dumpActivations(), progress)
                .run(rolesWithResponses(), folder::foldIfComplete);
    }

    private PipelineSummary vectorsAndAxis(long start) throws InterruptedException {
        List<SkippedVector> skipped = makeVectors();
        List<String> used = new AxisStep(layout, progress).run(rolesIn(layout.vectorsDirectory(), ".pt"));
        return summary(skipped, used, start);
    }

    private List<SkippedVector> makeVectors() throws InterruptedException {
        manifest.record("vectors", new TreeMap<>(Map.of("min count", Integer.toString(options.minCount()))));
        return new VectorsStep(
                        layout,
                        folder,
                        manifest.section("activations").map(CaptureSetup::of),
                        options.minCount(),
                        progress)
                .run(rolesWithData());
    }

    private JudgeDesk desk(Judge judge, Collection<String> roles) {
        manifest.claim("judge", new TreeMap<>(Map.of("name", judge.name())));
        SortedMap<String, String> rubrics = new TreeMap<>();
        for (String role : roles) {
            if (!RoleFile.isDefault(role)) {
                rubrics.put(role, Digest.of(List.of(rubric(role).template())));
            }
        }
        manifest.claimEach("rubric of role", rubrics);
        return new JudgeDesk(layout, judge, options.judgeConcurrency(), this::rubric, folder::foldIfComplete, progress);
    }

    private Rubric rubric(String role) {
        return options.role(role).map(RoleFile::rubric).orElseGet(() -> Rubric.forRole(role));
    }

    private PipelineSummary summary(List<SkippedVector> skipped, List<String> rolesInAxis, long start) {
        List<String> roles = rolesWithResponses();
        return LossReport.write(layout, roles)
                .summary(roles.size(), skipped, rolesInAxis, (System.nanoTime() - start) / 1e9);
    }

    private List<String> rolesWithResponses() {
        return rolesIn(layout.responsesDirectory(), ".jsonl");
    }

    /** Roles of which there are responses, or activations from elsewhere. */
    private List<String> rolesWithData() {
        SortedSet<String> roles = new TreeSet<>(rolesWithResponses());
        roles.addAll(rolesIn(layout.activationsDirectory(), ".pt"));
        return List.copyOf(roles);
    }

    /** Names of the files in a directory, sorted; only those of the run's own roles if it names any. */
    private List<String> rolesIn(Path directory, String ending) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        SortedSet<String> roles = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ending)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                String role = name.substring(0, name.length() - ending.length());
                if (options.roles().isEmpty() || options.role(role).isPresent()) {
                    roles.add(RoleFile.requireName(role));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + directory + ": " + e.getMessage(), e);
        }
        return List.copyOf(roles);
    }

    private static long count(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).count();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
