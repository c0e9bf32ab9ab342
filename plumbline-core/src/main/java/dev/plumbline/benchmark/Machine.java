package dev.plumbline.benchmark;

import dev.plumbline.tensor.Backend;
import dev.plumbline.tensor.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where numbers were measured.
 *
 * @param processor its own name
 * @param cores available to this process
 * @param threads that one operation uses
 * @param system operating system and architecture
 * @param java version of the runtime
 * @param libtorch version
 * @param settings environment variables that native libraries compute faster or slower by, as they are set
 */
public record Machine(
        String processor, int cores, int threads, String system, String java, String libtorch, List<String> settings) {

    private static final List<String> VARIABLES = List.of(
            "OPENBLAS_CORETYPE", "ONEDNN_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY", "OMP_NUM_THREADS", "GLIBC_TUNABLES");

    public Machine {
        settings = List.copyOf(settings);
    }

    /** This one, and this process. */
    public static Machine here() {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Threads.get(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                Backend.version(),
                settings(System.getenv()));
    }

    static List<String> settings(Map<String, String> environment) {
        return VARIABLES.stream()
                .filter(environment::containsKey)
                .map(name -> name + "=" + environment.get(name))
                .toList();
    }

    /** Most memory that this process has had resident, in bytes; only Linux tells. */
    public static OptionalLong peakResidentBytes() {
        String value = field(Path.of("/proc/self/status"), "VmHWM", "");
        return value.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(value.replaceAll("[^0-9]", "")) * 1024);
    }

    private static String field(Path file, String name, String otherwise) {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
