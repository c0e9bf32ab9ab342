package dev.plumbline.generate;

import dev.plumbline.tensor.Threads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Parts of one call that are computed side by side, each on a thread of its own. The operations of a small model are over
 * before several threads could share one of them; so the threads share the sequences.
 */
final class Lanes {

    /** Messages to the caller that may wait; whoever is further ahead waits too, so that they take no memory to speak of. */
    private static final int WAITING = 256;

    /** Kept for a minute, as new threads would get memory of their own from glibc, which it keeps. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "plumbline-lane");
        thread.setDaemon(true);
        return thread;
    });

    /** One part of a call. */
    @FunctionalInterface
    interface Part {

        /**
         * Computes the part.
         *
         * @param caller runs what it is given on the thread that made the call, in order
         */
        void run(Executor caller);
    }

    /** Numbers from {@code from} to {@code to}, exclusive. */
    record Range(int from, int to) {}

    private Lanes() {}

    /** Neighbours stay together, in at most so many ranges of about equal weight, none of them empty. */
    static List<Range> split(int[] weights, int lanes) {
        long left = 0;
        for (int weight : weights) {
            left += weight;
        }
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        for (int open = Math.min(lanes, weights.length); open > 0; open--) {
            long share = (left + open - 1) / open;
            int last = weights.length - open;
            int to = from;
            long taken = 0;
            do {
                taken += weights[to++];
            } while (to <= last && (open == 1 || taken + weights[to] / 2 < share));
            ranges.add(new Range(from, to));
            left -= taken;
            from = to;
        }
        return ranges;
    }

    /**
     * Runs all parts, a single one on this thread. When it returns or throws, none of them runs any more.
     *
     * @throws CancellationException if this thread is interrupted; it stays interrupted
     */
    static void run(List<Part> parts) {
        if (parts.size() == 1) {
            parts.get(0).run(Runnable::run);
            return;
        }
        new Call().run(parts);
    }

    /** A call and the threads that work for it. */
    private static final class Call {
        private final BlockingQueue<Runnable> messages = new ArrayBlockingQueue<>(WAITING);
        private final Set<Thread> working = new HashSet<>();
        /** Parts whose threads have not yet left. */
        private int open;
        /** Parts that have not told their end. */
        private int running;

        private boolean over;

        void run(List<Part> parts) {
            running = parts.size();
            try {
                parts.forEach(this::start);
                while (running > 0) {
                    messages.take().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted while " + running + " batches were computed");
            } finally {
                end();
            }
        }

        private synchronized void start(Part part) {
            THREADS.execute(() -> work(part));
            open++;
        }

        private void work(Part part) {
            try {
                if (enter()) {
                    compute(part);
                }
            } catch (CancellationException e) {
                // Nobody listens any more.
            } finally {
                leave();
            }
        }

        private void compute(Part part) {
            try {
                Threads.join();
                part.run(this::send);
            } catch (RuntimeException | Error failure) {
                send(() -> {
                    throw failure;
                });
                return;
            }
            send(() -> running--);
        }

        private void send(Runnable message) {
            try {
                messages.put(message);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The call was given up");
            }
        }

        private synchronized boolean enter() {
            return !over && working.add(Thread.currentThread());
        }

        /** Not interrupted from here on, as the thread may soon work for another call. */
        private synchronized void leave() {
            working.remove(Thread.currentThread());
            open--;
            notifyAll();
        }

        /** Interrupts what still runs, and waits for it. */
        private synchronized void end() {
            over = true;
            working.forEach(Thread::interrupt);
            boolean interrupted = false;
            while (open > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
