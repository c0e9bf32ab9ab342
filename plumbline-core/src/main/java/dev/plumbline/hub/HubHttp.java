package dev.plumbline.hub;

import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to the Hub and to the storage hosts that it redirects to. Redirects are followed here, not by the HTTP client,
 * so that the access token stays with the endpoint.
 */
final class HubHttp {
    private static final Logger LOG = LoggerFactory.getLogger(HubHttp.class);
    private static final int MAX_REDIRECTS = 10;
    private static final String USER_AGENT =
            "plumbline; java/" + Runtime.version().feature();

    private final HttpClient client;
    private final Endpoint endpoint;
    private final Optional<Token> token;
    private final Duration metadataTimeout;
    private final Duration downloadTimeout;

    HubHttp(Endpoint endpoint, Optional<Token> token, Duration metadataTimeout, Duration downloadTimeout) {
        // HTTP/1.1, because parallel downloads over one HTTP/2 connection share its congestion window.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(metadataTimeout)
                .build();
        this.endpoint = endpoint;
        this.token = token;
        this.metadataTimeout = metadataTimeout;
        this.downloadTimeout = downloadTimeout;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    boolean hasToken() {
        return token.isPresent();
    }

    /**
     * The headers of a file. A redirect to another host ends here: it is the Hub's own answer, and carries what the Hub
     * knows of the file.
     */
    HubResponse head(URI address) {
        URI next = address;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            HubResponse response = send("HEAD", next, true, 0, metadataTimeout);
            if (!response.isRedirect()) {
                return response;
            }
            URI target = target(response);
            if (!endpoint.owns(target)) {
                return response;
            }
            response.close();
            next = target;
        }
        throw tooManyRedirects(address);
    }

    /** An answer of the Hub's API. */
    HubResponse ask(URI address) {
        return get(address, 0, metadataTimeout);
    }

    /** The contents of a file from the given byte on, wherever the Hub keeps them. */
    HubResponse download(URI address, long from) {
        return get(address, from, downloadTimeout);
    }

    private HubResponse get(URI address, long from, Duration timeout) {
        URI next = address;
        boolean atHome = true;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            HubResponse response = send("GET", next, atHome, from, timeout);
            if (!response.isRedirect()) {
                return response;
            }
            URI target = target(response);
            response.close();
            // Once away, always away: another host could send us back to an address of its choice.
            atHome &= endpoint.owns(target);
            next = target;
        }
        throw tooManyRedirects(address);
    }

    private HubResponse send(String method, URI address, boolean authorized, long from, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(timeout)
                .header("User-Agent", USER_AGENT)
                // A compressed body would have neither the size nor the digest of the file.
                .header("Accept-Encoding", "identity");
        if (authorized) {
            token.ifPresent(secret -> request.header("Authorization", secret.authorization()));
        }
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        LOG.debug("{} {} from byte {}", method, Endpoint.withoutSecrets(address), from);
        AtomicReference<@Nullable HubResponse> arrived = new AtomicReference<>();
        HttpResponse.BodyHandler<Body> handler = info -> {
            Body body = new Body(timeout);
            arrived.set(new HubResponse(address, info.statusCode(), info.headers(), body));
            return body;
        };
        try {
            client.send(request.build(), handler);
            return Objects.requireNonNull(arrived.get());
        } catch (InterruptedException e) {
            throw HubException.interrupted("waiting for " + Endpoint.withoutSecrets(address), e);
        } catch (SSLException e) {
            throw HubException.lasting(
                    Reason.UNREACHABLE,
                    "No secure connection to " + Endpoint.withoutSecrets(address) + ": " + describe(e)
                            + ". Check the computer's clock, and whether a proxy replaces certificates; if so, add its"
                            + " certificate to Java's trust store (-Djavax.net.ssl.trustStore)",
                    e);
        } catch (IOException e) {
            @Nullable HubResponse response = arrived.get();
            if (response != null) {
                // The body broke so soon that the client reports it first. It will say so itself, after what came
                // before.
                return response;
            }
            throw unreachable(address, e);
        } catch (IllegalArgumentException e) {
            // What the HTTP client throws for a malformed Content-Length.
            throw HubException.lasting(
                    Reason.BAD_RESPONSE,
                    "The answer of " + Endpoint.withoutSecrets(address) + " is malformed: " + e.getMessage()
                            + ". Check HF_ENDPOINT and the proxy",
                    e);
        }
    }

    /** The connection could not be made, or it broke. */
    static HubException unreachable(URI address, IOException cause) {
        return HubException.passing(
                Reason.UNREACHABLE,
                "Cannot reach " + Endpoint.withoutSecrets(address) + ": " + describe(cause)
                        + ". Check the network, the proxy (-Dhttps.proxyHost) and HF_ENDPOINT; or set HF_HUB_OFFLINE=1 to"
                        + " use only what is in the cache",
                cause);
    }

    private static String describe(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        if (e.getMessage() != null) {
            return e.getMessage();
        }
        return e instanceof ConnectException ? "connection refused" : "the connection broke";
    }

    private static URI target(HubResponse response) {
        String location = response.header("location").orElse("");
        try {
            URI target = response.address().resolve(location);
            String scheme = String.valueOf(target.getScheme());
            boolean web = scheme.equalsIgnoreCase("https")
                    || (scheme.equalsIgnoreCase("http")
                            && "http".equalsIgnoreCase(response.address().getScheme()));
            if (web && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("Unparseable redirect from {}", Endpoint.withoutSecrets(response.address()), e);
        }
        response.close();
        throw HubException.lasting(
                Reason.BAD_RESPONSE,
                Endpoint.withoutSecrets(response.address())
                        + " redirects to an address that cannot be followed safely (malformed, or from https to another"
                        + " scheme). Check HF_ENDPOINT and the proxy");
    }

    private static HubException tooManyRedirects(URI address) {
        return HubException.lasting(
                Reason.BAD_RESPONSE,
                Endpoint.withoutSecrets(address) + " redirects more than " + MAX_REDIRECTS
                        + " times. Check HF_ENDPOINT and the proxy");
    }
}
