package dev.plumbline.app.cli;

import dev.plumbline.nano.NanoModel;
import java.nio.file.Path;

/** Models as they are named on the command line. */
final class Models {
    /** The bundled organism, wherever a model is asked for. */
    static final String NANO = "nano";

    /** Its matrices are so small that sharing them among threads costs more than it brings (docs/log.md). */
    static final int NANO_THREADS = 1;

    private Models() {}

    /** The checkpoint directory that a name stands for. */
    static Path directory(String model) {
        return model.equals(NANO) ? NanoModel.directory() : Path.of(model);
    }

    /** A short name, for files and titles. */
    static String shortName(String model) {
        return String.valueOf(Path.of(model).toAbsolutePath().normalize().getFileName());
    }
}
