package dev.plumbline.hub;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** The server that is taken for the Hub, and its addresses. */
record Endpoint(URI base) {
    static final String PUBLIC = "https://huggingface.co";

    Endpoint {
        boolean web = "https".equalsIgnoreCase(base.getScheme()) || "http".equalsIgnoreCase(base.getScheme());
        if (!web || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null) {
            throw refused(base.toString());
        }
    }

    static Endpoint parse(String text) {
        try {
            return new Endpoint(new URI(text.replaceAll("/+$", "")));
        } catch (URISyntaxException e) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("Not an endpoint of a Hub (HF_ENDPOINT): '"
                + text.replaceAll("//[^/]*@", "//") + "'; expected an address such as " + PUBLIC
                + ", without user, password or query");
    }

    /** Where the contents of a file are, or a redirection to them. */
    URI file(HubRepo repo, RepoPath path) {
        return URI.create(base + "/" + repo.kind().addressPrefix + repo.id() + "/resolve/" + encode(repo.revision(), "")
                + "/" + encode(path.value(), "/"));
    }

    /** Where the list of a repository's files is, with their sizes and digests. */
    URI listing(HubRepo repo) {
        return URI.create(base + "/api/" + repo.kind().plural + "/" + repo.id() + "/revision/"
                + encode(repo.revision(), "") + "?blobs=true");
    }

    /** Whether an address is on this server: same scheme, host and port. */
    boolean owns(URI address) {
        return base.getScheme().equalsIgnoreCase(address.getScheme())
                && base.getHost().equalsIgnoreCase(Objects.requireNonNullElse(address.getHost(), ""))
                && port(base) == port(address);
    }

    /** An address fit for messages: those of storage hosts carry a signature in their query. */
    static String withoutSecrets(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port
                + Objects.requireNonNullElse(address.getRawPath(), "");
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme().toLowerCase(Locale.ROOT)) ? 443 : 80;
    }

    private static String encode(String text, String safe) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c < 0x80 && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
