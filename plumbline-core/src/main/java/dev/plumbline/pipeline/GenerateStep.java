package dev.plumbline.pipeline;

import dev.plumbline.pipeline.ResponseSource.Reply;
import dev.plumbline.pipeline.RolloutPlan.Planned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Step 1: every planned rollout gets a response, and where the source captures, the mean activation of it. */
final class GenerateStep {

    /** A source that fails so often in a row is down; going on would only make a long list of failures. */
    private static final int MOST_FAILURES_IN_A_ROW = 20;

    private final PipelineOptions options;
    private final RunManifest manifest;
    private final ResponseSource source;
    private final PipelineProgress progress;
    private final RolloutPlan plan;
    /** Roles that still want responses; one that has all is let go, so that memory does not grow with the run. */
    private final Map<String, RoleResponses> open = new ConcurrentHashMap<>();

    private final AtomicInteger failuresInARow = new AtomicInteger();

    GenerateStep(PipelineOptions options, RunManifest manifest, ResponseSource source, PipelineProgress progress) {
        this.options = options;
        this.manifest = manifest;
        this.source = source;
        this.progress = progress;
        this.plan = new RolloutPlan(options, source.supportsSystemMessages());
    }

    RolloutPlan plan() {
        return plan;
    }

    /**
     * Records what the responses depend on.
     *
     * @throws ParameterMismatchException if the directory was made with something else
     */
    void claim() {
        var parameters = plan.parameters(source.chunkSize());
        parameters.putAll(source.parameters());
        manifest.claim("generate", parameters);
        source.capture().ifPresent(setup -> setup.claimIn(manifest));
    }

    /**
     * Generates what is missing.
     *
     * @param roleDone told of each role once nothing more will come for it in this run; from several threads
     */
    void run(Consumer<String> roleDone) throws InterruptedException {
        claim();
        progress.started(PipelineStep.GENERATE, plan.size());
        plan.sizes().forEach((role, planned) -> resume(role, planned, roleDone));
        AtomicLong nextChunk = new AtomicLong();
        Workers.run(source.parallelism(), "plumbline-generate", () -> {
            long chunks = plan.chunks(source.chunkSize());
            for (long i = nextChunk.getAndIncrement(); i < chunks; i = nextChunk.getAndIncrement()) {
                generate(plan.chunk(i, source.chunkSize()), roleDone);
            }
        });
    }

    private void resume(String role, int planned, Consumer<String> roleDone) {
        if (RoleResponses.complete(options.layout(), role)) {
            progress.advanced(PipelineStep.GENERATE, planned);
            roleDone.accept(role);
            return;
        }
        RoleResponses responses = new RoleResponses(
                options.layout(), role, planned, source.capture().isPresent(), options.dumpActivations());
        progress.advanced(PipelineStep.GENERATE, responses.settledCount());
        if (responses.exhausted()) {
            responses.publish();
            roleDone.accept(role);
        } else {
            open.put(role, responses);
        }
    }

    private void generate(List<Planned> chunk, Consumer<String> roleDone) throws InterruptedException {
        boolean settled = chunk.stream().allMatch(rollout -> {
            RoleResponses responses = open.get(rollout.role());
            return responses == null || responses.settled(rollout.key());
        });
        if (settled) {
            return;
        }
        List<Reply> replies =
                source.respond(chunk.stream().map(Planned::request).toList());
        if (replies.size() != chunk.size()) {
            throw new IllegalStateException(
                    "Asked for " + chunk.size() + " responses, the source gave " + replies.size());
        }
        Map<String, Map<Planned, Reply>> byRole = new LinkedHashMap<>();
        for (int i = 0; i < chunk.size(); i++) {
            byRole.computeIfAbsent(chunk.get(i).role(), role -> new LinkedHashMap<>())
                    .put(chunk.get(i), replies.get(i));
        }
        List<String> done = new ArrayList<>();
        byRole.forEach((role, ofRole) -> {
            RoleResponses responses = open.get(role);
            if (responses != null) {
                synchronized (responses) {
                    boolean wasExhausted = responses.exhausted();
                    progress.advanced(PipelineStep.GENERATE, responses.commit(ofRole));
                    if (!wasExhausted && responses.exhausted()) {
                        responses.publish();
                        open.remove(role);
                        done.add(role);
                    }
                }
            }
        });
        done.forEach(roleDone);
        replies.forEach(this::requireAlive);
    }

    private void requireAlive(Reply reply) {
        if (!(reply instanceof Reply.Failed failure)) {
            failuresInARow.set(0);
        } else if (failuresInARow.incrementAndGet() >= MOST_FAILURES_IN_A_ROW) {
            throw new PipelineException("Gave up after " + MOST_FAILURES_IN_A_ROW
                    + " failures in a row; what was finished is kept. The last: " + failure.why());
        }
    }
}
