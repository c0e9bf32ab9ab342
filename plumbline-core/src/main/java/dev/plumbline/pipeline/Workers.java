package dev.plumbline.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Runs the same task on several threads, and ends with all of them ended. */
final class Workers {

    private Workers() {}

    /** A task that may be interrupted. */
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    /**
     * Runs a task on {@code threads} threads (on the caller's own if one). The first failure interrupts the others and is
     * thrown; so is an interrupt of the caller.
     */
    static void run(int threads, String name, Task task) throws InterruptedException {
        if (threads == 1) {
            task.run();
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads, daemons(name));
        try {
            ExecutorCompletionService<Void> completion = new ExecutorCompletionService<>(executor);
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(completion.submit(() -> {
                    task.run();
                    return null;
                }));
            }
            for (int i = 0; i < running.size(); i++) {
                completion.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            throw unchecked(e);
        } finally {
            end(executor);
        }
    }

    /** What a task on another thread threw, to be thrown on this one. */
    static RuntimeException unchecked(Exception wrapper) {
        Throwable cause = wrapper.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(wrapper);
    }

    /** Interrupts what runs and waits until it has ended, so that nobody writes after a step has returned. */
    static void end(ExecutorService executor) {
        executor.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
