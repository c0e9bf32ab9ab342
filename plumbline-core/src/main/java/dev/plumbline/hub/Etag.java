package dev.plumbline.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of a file's contents, and the name of its blob in the cache. The Hub gives the SHA-256 of a large file
 * and the git blob id of any other, so that contents can be checked against it.
 */
record Etag(String value) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern GIT_SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final int BUFFER = 1 << 16;

    Etag {
        if (!FILE_NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an etag that can name a file: '" + value + "'");
        }
    }

    /** The etag in the header of that name, {@code "…"} or {@code W/"…"}; empty if it could not name a file. */
    static Optional<Etag> parse(String header) {
        String bare = (header.startsWith("W/") ? header.substring(2) : header).replaceAll("^\"+|\"+$", "");
        return FILE_NAME.matcher(bare).matches() ? Optional.of(new Etag(bare)) : Optional.empty();
    }

    /** What the contents of a file come to, by the digest that this etag is; empty if it is not a known digest. */
    Optional<Etag> digestOf(Path file) throws IOException {
        if (SHA256.matcher(value).matches()) {
            return Optional.of(digest(file, sha("SHA-256")));
        }
        if (GIT_SHA1.matcher(value).matches()) {
            MessageDigest sha1 = sha("SHA-1");
            sha1.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            return Optional.of(digest(file, sha1));
        }
        return Optional.empty();
    }

    private static Etag digest(Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return new Etag(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
