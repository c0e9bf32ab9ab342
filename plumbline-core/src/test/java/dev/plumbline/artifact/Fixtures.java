package dev.plumbline.artifact;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The files that {@code tools/golden/artifacts.py} made. */
final class Fixtures {

    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** {@code start, start + 0.5, start + 1, ...}: what every fixture tensor counts up as. */
    static float[] counting(int n, float start) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = start + 0.5f * i;
        }
        return values;
    }
}
