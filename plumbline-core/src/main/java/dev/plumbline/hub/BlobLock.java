package dev.plumbline.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write one blob, held by one thread of one process at a time. The lock file stays behind, as it does in
 * Python: removing it would let two processes lock two files of the same name.
 */
final class BlobLock {
    private static final Logger LOG = LoggerFactory.getLogger(BlobLock.class);

    /** Files locked by threads of this process, among which the system's file locks do not distinguish. */
    private static final Set<Path> HELD = new HashSet<>();

    private BlobLock() {}

    /** What is done while the lock is held. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** Runs a task once no other thread or process holds the lock. */
    static <T> T during(Path file, Task<T> task) throws IOException, InterruptedException {
        synchronized (HELD) {
            while (!HELD.add(file)) {
                HELD.wait();
            }
        }
        try {
            Files.createDirectories(file.getParent());
            // Closing the channel gives up the lock.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                @Nullable FileLock lock = channel.tryLock();
                if (lock == null) {
                    LOG.info("Waiting for another process that downloads the same file (lock {})", file);
                    channel.lock();
                }
                return task.run();
            }
        } finally {
            synchronized (HELD) {
                HELD.remove(file);
                HELD.notifyAll();
            }
        }
    }
}
