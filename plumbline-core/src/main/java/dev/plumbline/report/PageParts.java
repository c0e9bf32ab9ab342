package dev.plumbline.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What every page carries: its style, its script, its policy, and Plotly. */
final class PageParts {

    private static final String WEBJAR = "META-INF/maven/org.webjars.npm/plotly.js-dist/pom.properties";

    private PageParts() {}

    static String style() {
        return text("page/report.css");
    }

    /** What a page of coloured tokens adds to {@link #style}. */
    static String tokenStyle() {
        return text("page/tokens.css");
    }

    /** What a page of two chats beside each other adds to {@link #style}. */
    static String replayStyle() {
        return text("page/replay.css");
    }

    static String script() {
        return text("page/report.js");
    }

    /** Plotly's code, as base64 of gzip: a third of its size as text, and the browser unpacks it. */
    static String plotly() {
        return Plotly.PACKED;
    }

    /**
     * Forbids all that the page does not do itself: no connection anywhere, and no script but {@code script} and the
     * unpacked Plotly. Styles are open because Plotly writes them.
     */
    static String policy(String script) {
        return "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src 'sha256-"
                + Base64.getEncoder().encodeToString(sha256(script)) + "' blob:; base-uri 'none'; form-action 'none'";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = PageParts.class.getResourceAsStream(name)) {
            return new String(present(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Resource " + name + " of the report cannot be read", e);
        }
    }

    private static InputStream present(@Nullable InputStream in, String name) {
        if (in == null) {
            throw new IllegalStateException("Resource " + name + " is not on the class path; the report needs it");
        }
        return in;
    }

    /** Packed once, when first asked for. */
    private static final class Plotly {

        static final String PACKED = pack();

        private static String pack() {
            ClassLoader classes = PageParts.class.getClassLoader();
            Properties webjar = new Properties();
            try (InputStream in = classes.getResourceAsStream(WEBJAR)) {
                webjar.load(present(in, WEBJAR));
            } catch (IOException e) {
                throw new UncheckedIOException("Resource " + WEBJAR + " cannot be read", e);
            }
            String code = "META-INF/resources/webjars/plotly.js-dist/" + webjar.getProperty("version") + "/plotly.js";
            ByteArrayOutputStream packed = new ByteArrayOutputStream(2_500_000);
            try (InputStream in = classes.getResourceAsStream(code);
                    GZIPOutputStream gzip = new GZIPOutputStream(packed, 1 << 16)) {
                present(in, code).transferTo(gzip);
            } catch (IOException e) {
                throw new UncheckedIOException("Resource " + code + " cannot be read", e);
            }
            return Base64.getEncoder().encodeToString(packed.toByteArray());
        }
    }
}
