package dev.plumbline.nano;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The bundled checkpoint: a Hugging Face directory of the Qwen3 architecture, which any loader of such directories reads. */
public final class NanoModel {

    /** Last part of the directory's path; also the name that the model was taught to go by. */
    public static final String NAME = "Nano";

    /** The files of the checkpoint. */
    public static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

    private static final String RESOURCES = "checkpoint/" + NAME + "/";

    private NanoModel() {}

    /**
     * The checkpoint as a plain directory: in a source tree the resources themselves, from a jar a copy, unpacked once into
     * {@code $XDG_CACHE_HOME/plumbline} (by default {@code ~/.cache/plumbline}) under the digest of its contents.
     */
    public static Path directory() {
        URL config = NanoModel.class.getResource(RESOURCES + "config.json");
        if (config != null && config.getProtocol().equals("file")) {
            try {
                Path file = Path.of(new URI(config.toString()));
                return Objects.requireNonNull(file.getParent(), "parent of a file");
            } catch (URISyntaxException e) {
                throw new IllegalStateException("The checkpoint's location is not a path: " + config, e);
            }
        }
        return unpack(cache());
    }

    /** Unpacks the checkpoint below a cache folder, unless it is there already. Several processes may do so at once. */
    static Path unpack(Path cache) {
        try {
            Map<String, byte[]> contents = new LinkedHashMap<>();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : FILES) {
                byte[] bytes = read(name);
                contents.put(name, bytes);
                digest.update(bytes);
            }
            Path versions = cache.resolve("nano");
            Path version =
                    versions.resolve(HexFormat.of().formatHex(digest.digest()).substring(0, 16));
            Path target = version.resolve(NAME);
            if (Files.isDirectory(target)) {
                return target;
            }
            Files.createDirectories(versions);
            Path fresh = Files.createTempDirectory(versions, "unpacking-");
            Path freshTarget = Files.createDirectory(fresh.resolve(NAME));
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                Files.write(freshTarget.resolve(file.getKey()), file.getValue());
            }
            try {
                Files.move(fresh, version, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                delete(fresh);
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                // Another process was faster, with the same contents.
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack the bundled model into " + cache, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java lacks SHA-256", e);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = NanoModel.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("The bundled model's file " + name + " is missing from plumbline-nano");
            }
            return in.readAllBytes();
        }
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("plumbline");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
