package dev.plumbline.pipeline;

import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.judge.Judge;
import dev.plumbline.judge.JudgeException;
import dev.plumbline.judge.JudgeRequest;
import dev.plumbline.judge.Rubric;
import dev.plumbline.judge.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Step 3: judges roles as they are handed in, while other work goes on. Requests of all roles share a fixed number of
 * threads and no role waits for another, so one slow reply holds up nothing but itself. Responses of only a few roles are
 * in memory at a time.
 */
final class JudgeDesk implements AutoCloseable {

    private static final int LEAST_FAILURES_IN_A_ROW = 20;

    private final RunLayout layout;
    private final Judge judge;
    private final Function<String, Rubric> rubrics;
    private final Consumer<String> roleJudged;
    private final PipelineProgress progress;
    private final BlockingQueue<Optional<String>> roles = new LinkedBlockingQueue<>();
    private final Semaphore backlog;
    private final ExecutorService threads;
    private final ExecutorService feeder;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    /** Roles whose last verdict is out, plus the feeder itself. */
    private final AtomicInteger unfinished = new AtomicInteger(1);

    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final int mostFailuresInARow;

    /**
     * @param rubrics how a role is judged
     * @param roleJudged told of each role when its files are written
     */
    JudgeDesk(
            RunLayout layout,
            Judge judge,
            int concurrency,
            Function<String, Rubric> rubrics,
            Consumer<String> roleJudged,
            PipelineProgress progress) {
        this.layout = layout;
        this.judge = judge;
        this.rubrics = rubrics;
        this.roleJudged = roleJudged;
        this.progress = progress;
        this.backlog = new Semaphore(2 * concurrency);
        this.mostFailuresInARow = Math.max(LEAST_FAILURES_IN_A_ROW, 2 * concurrency);
        this.threads = Executors.newFixedThreadPool(concurrency, Workers.daemons("plumbline-judge"));
        this.feeder = Executors.newSingleThreadExecutor(Workers.daemons("plumbline-judge-feeder"));
        feeder.execute(this::feed);
    }

    /** Hands in a role whose responses are on disk; returns at once. The default Assistant is not judged. */
    void submit(String role) {
        rethrowFailure();
        if (!RoleFile.isDefault(role)) {
            roles.add(Optional.of(role));
        }
    }

    /** Waits until everything handed in is judged. Nothing may be handed in afterwards. */
    void finish() throws InterruptedException {
        roles.add(Optional.empty());
        try {
            done.get();
        } catch (ExecutionException e) {
            throw Workers.unchecked(e);
        }
    }

    /** What went wrong in the background, thrown where somebody hears it. */
    private void rethrowFailure() {
        if (done.isCompletedExceptionally()) {
            try {
                done.join();
            } catch (CompletionException e) {
                throw Workers.unchecked(e);
            }
        }
    }

    /** Stops judging; verdicts that are out are kept. */
    @Override
    public void close() {
        Workers.end(feeder);
        Workers.end(threads);
    }

    private void feed() {
        try {
            for (Optional<String> role = roles.take(); role.isPresent(); role = roles.take()) {
                open(role.get());
            }
            finishOne();
        } catch (InterruptedException closing) {
            done.completeExceptionally(closing);
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    private void open(String role) throws InterruptedException {
        RoleVerdicts verdicts = new RoleVerdicts(layout, role, judge.name());
        List<ResponseRow> unjudged = verdicts.unjudged();
        progress.advanced(PipelineStep.JUDGE, verdicts.size() - unjudged.size());
        unfinished.incrementAndGet();
        if (unjudged.isEmpty()) {
            finishRole(role, verdicts);
            return;
        }
        Rubric rubric = rubrics.apply(role);
        AtomicInteger remaining = new AtomicInteger(unjudged.size());
        for (ResponseRow row : unjudged) {
            backlog.acquire();
            threads.execute(() -> {
                try {
                    judge(role, rubric, verdicts, row);
                    progress.advanced(PipelineStep.JUDGE, 1);
                    if (remaining.decrementAndGet() == 0) {
                        finishRole(role, verdicts);
                    }
                } catch (Throwable e) {
                    done.completeExceptionally(e);
                } finally {
                    backlog.release();
                }
            });
        }
    }

    private void judge(String role, Rubric rubric, RoleVerdicts verdicts, ResponseRow row) {
        if (failuresInARow.get() >= mostFailuresInARow) {
            verdicts.fail(row.key(), "not asked, for the judge failed " + mostFailuresInARow + " times in a row");
            return;
        }
        Verdict verdict;
        try {
            verdict = judge.judge(
                    new JudgeRequest(role, rubric.template(), row.systemPrompt(), row.question(), row.response()));
            failuresInARow.set(0);
        } catch (JudgeException e) {
            if (failuresInARow.incrementAndGet() == mostFailuresInARow) {
                progress.note("The judge failed " + mostFailuresInARow + " times in a row and is asked no more: "
                        + e.getMessage());
            }
            verdicts.fail(row.key(), String.valueOf(e.getMessage()));
            return;
        }
        verdicts.add(row.key(), verdict);
    }

    private void finishRole(String role, RoleVerdicts verdicts) {
        verdicts.publish();
        roleJudged.accept(role);
        finishOne();
    }

    private void finishOne() {
        if (unfinished.decrementAndGet() == 0) {
            done.complete(null);
        }
    }
}
