package dev.plumbline.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What this machine's processor can do that libtorch does not tell. */
final class Processor {

    private static final Path INFO = Path.of("/proc/cpuinfo");

    private Processor() {}

    /** Whether it multiplies tiles of bf16 matrices (Intel's Advanced Matrix Extensions); only Linux tells. */
    static boolean hasAmx() {
        return Found.AMX;
    }

    /** Read once. */
    private static final class Found {
        private static final boolean AMX = hasFlag("amx_bf16");
    }

    private static boolean hasFlag(String flag) {
        if (!Files.isReadable(INFO)) {
            return false;
        }
        try {
            return hasFlag(Files.readString(INFO), flag);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + INFO, e);
        }
    }

    /** @param info in the format of {@code /proc/cpuinfo}, whose processors are alike */
    static boolean hasFlag(String info, String flag) {
        return info.lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Arrays.asList(line.substring(line.indexOf(':') + 1).split("\\s+")))
                .filter(flags -> flags.contains(flag))
                .isPresent();
    }
}
