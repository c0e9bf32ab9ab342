package dev.plumbline.model.family;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class Qwen3Test extends FamilyContractTest {

    @Override
    Stream<Path> checkpoints() {
        try (Stream<Path> directories = Files.list(
                Path.of(Qwen3Test.class.getResource("/checkpoints/qwen3").toURI()))) {
            return directories.sorted().toList().stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
