package dev.plumbline.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoModelTest {

    @Test
    void isADirectoryNamedAfterTheModel() {
        Path directory = NanoModel.directory();
        assertThat(directory.getFileName()).hasToString(NanoModel.NAME);
        for (String file : NanoModel.FILES) {
            assertThat(directory.resolve(file)).isNotEmptyFile();
        }
    }

    @Test
    void severalProcessesMayUnpackAtOnce(@TempDir Path cache)
            throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Path>> unpacked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            unpacked.add(threads.submit(() -> NanoModel.unpack(cache)));
        }
        for (Future<Path> path : unpacked) {
            assertThat(path.get()).isEqualTo(unpacked.get(0).get());
        }
        threads.shutdown();
        for (String file : NanoModel.FILES) {
            assertThat(unpacked.get(0).get().resolve(file))
                    .hasSameBinaryContentAs(NanoModel.directory().resolve(file));
        }
        try (Stream<Path> left = Files.list(cache.resolve("nano"))) {
            assertThat(left).as("nothing half unpacked is left").hasSize(1);
        }
    }
}
