package dev.plumbline.pipeline;

import dev.plumbline.capture.Compat;
import dev.plumbline.judge.Judge;
import dev.plumbline.judge.Rubric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** What a step has to say beyond what is in the records. */
    private record Outcome(List<SkippedVector> skippedVectors, List<String> rolesInAxis) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of());
    }

    private interface Work {
        Outcome run() throws InterruptedException;
    }

    /**
     * All steps: generate, judge meanwhile, then vectors and axis. The source must capture means.
     *
     * @throws IllegalArgumentException if no role is asked often enough to have a vector
     * @throws ParameterMismatchException if the directory was made with other parameters
     * @throws PipelineException if a step cannot go on
     * @throws InterruptedException if the thread was interrupted; the same command goes on from there
     */
    public PipelineSummary all(ResponseSource source, Judge judge) throws InterruptedException {
        if (source.capture().isEmpty()) {
            throw new IllegalArgumentException("The source gives no activations, so vectors need the activations step:"
                    + " generate, activations, judge, vectors, axis");
        }
        options.requireReachableMinCount();
        return run(() -> {
            generateAndJudge(source, judge);
            return vectorsAndAxis();
        });
    }

    /** All steps with responses from a source that does not capture, whose activations a second source reads. */
    public PipelineSummary all(ResponseSource source, ActivationSource activations, Judge judge)
            throws InterruptedException {
        options.requireReachableMinCount();
        return run(() -> {
            generateAndJudge(source, judge);
            readActivations(activations);
            return vectorsAndAxis();
        });
    }

    /** Step 1. */
    public PipelineSummary generate(ResponseSource source) throws InterruptedException {
        return run(() -> {
            new GenerateStep(options, manifest, source, progress).run(folder::foldIfComplete);
            return Outcome.NOTHING;
        });
    }

    /** Step 2, for responses whose activations were not captured while they were generated. */
    public PipelineSummary activations(ActivationSource source) throws InterruptedException {
        return run(() -> {
            readActivations(source);
            return Outcome.NOTHING;
        });
    }

    /** Step 3. The default Assistant is not judged. */
    public PipelineSummary judge(Judge judge) throws InterruptedException {
        return run(() -> {
            List<String> roles = required(rolesWithResponses());
            progress.started(
                    PipelineStep.JUDGE,
                    roles.stream()
                            .filter(role -> !RoleFile.isDefault(role))
                            .mapToLong(role -> count(layout.responses(role)))
                            .sum());
            try (JudgeDesk desk = desk(judge, roles)) {
                roles.forEach(desk::submit);
                desk.finish();
            }
            return Outcome.NOTHING;
        });
    }

    /** Step 4. */
    public PipelineSummary vectors() throws InterruptedException {
        return run(() -> new Outcome(makeVectors(), List.of()));
    }

    /** Step 5. */
    public PipelineSummary axis() throws InterruptedException {
        return run(() -> new Outcome(List.of(), makeAxis()));
    }

    private PipelineSummary run(Work work) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Outcome outcome = work.run();
            List<String> roles = rolesWithResponses();
            double seconds = (System.nanoTime() - start) / 1e9;
            return LossReport.write(layout, roles)
                    .summary(roles.size(), outcome.skippedVectors(), outcome.rolesInAxis(), seconds);
        } catch (UncheckedIOException e) {
            // An interrupted thread cannot write through a channel: that is the interrupt's news, not the disk's.
            if (e.getCause() instanceof ClosedByInterruptException && Thread.interrupted()) {
                throw new InterruptedException("Interrupted while writing");
            }
            throw e;
        }
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
                .run(required(rolesWithResponses()), folder::foldIfComplete);
    }

    private Outcome vectorsAndAxis() throws InterruptedException {
        return new Outcome(makeVectors(), makeAxis());
    }

    /** What the means are of, if this program made them. */
    private Optional<CaptureSetup> setup() {
        return CaptureSetup.in(manifest);
    }

    private List<String> makeAxis() {
        return new AxisStep(layout, setup().map(CaptureSetup::compat).orElse(Compat.NONE), progress)
                .run(rolesIn(layout.vectorsDirectory(), ".pt"));
    }

    private List<SkippedVector> makeVectors() throws InterruptedException {
        List<String> roles = required(rolesWithData());
        manifest.record("vectors", new TreeMap<>(Map.of("min count", Integer.toString(options.minCount()))));
        return new VectorsStep(layout, folder, setup(), options.minCount(), progress).run(roles);
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

    private List<String> required(List<String> roles) {
        if (roles.isEmpty()) {
            throw new PipelineException(layout.root() + " has no responses"
                    + (options.roles().isEmpty() ? "" : " of these roles") + " yet: run the generate step first");
        }
        return roles;
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
