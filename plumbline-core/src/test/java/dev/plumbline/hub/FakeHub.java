package dev.plumbline.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.hub.LoopbackServer.Handler;
import dev.plumbline.hub.LoopbackServer.Reply;
import dev.plumbline.hub.LoopbackServer.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Hub with one repository under every name and revision, and a storage host for its large files. Tests put faults in
 * its way.
 */
final class FakeHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String TOKEN = "hf_secret";

    @SuppressWarnings("ArrayRecordComponent")
    private record File(byte[] content, boolean large) {}

    private record Fault(String method, String pathEnd, boolean once, Handler handler) {
        boolean concerns(Request request) {
            return request.method().equals(method) && request.path().endsWith(pathEnd);
        }
    }

    private final LoopbackServer hub = new LoopbackServer(this::answer);
    private final LoopbackServer storage = new LoopbackServer(this::answer);
    private final Map<String, File> files = new TreeMap<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    String commit = COMMIT;

    FakeHub() throws IOException {}

    FakeHub with(String path, String content) {
        files.put(path, new File(content.getBytes(StandardCharsets.UTF_8), false));
        return this;
    }

    FakeHub withLarge(String path, byte[] content) {
        files.put(path, new File(content, true));
        return this;
    }

    /** Answers the next request for an address that ends so in another way. */
    FakeHub once(String method, String pathEnd, Handler handler) {
        faults.add(new Fault(method, pathEnd, true, handler));
        return this;
    }

    /** Answers all requests for an address that ends so in another way. */
    FakeHub always(String method, String pathEnd, Handler handler) {
        faults.add(new Fault(method, pathEnd, false, handler));
        return this;
    }

    /** A client of this Hub that has a token, does not really wait between attempts. */
    Hub.Builder client(Path cache) {
        return Hub.builder(Map.of("HF_TOKEN", TOKEN))
                .endpoint(address())
                .cache(cache)
                .sleeper(sleeps::add);
    }

    URI address() {
        return hub.address();
    }

    URI storageAddress() {
        return storage.address();
    }

    /** What the endpoint was asked, as {@code METHOD path}. */
    List<String> asked() {
        return describe(hub);
    }

    List<String> askedOfStorage() {
        return describe(storage);
    }

    List<Request> requests() {
        return hub.requests();
    }

    List<Request> storageRequests() {
        return storage.requests();
    }

    private static List<String> describe(LoopbackServer server) {
        return server.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    private void answer(Request request, Reply reply) throws IOException {
        Optional<Fault> fault =
                faults.stream().filter(candidate -> candidate.concerns(request)).findFirst();
        if (fault.isPresent()) {
            if (fault.get().once()) {
                faults.remove(fault.get());
            }
            fault.get().handler().answer(request, reply);
            return;
        }
        String path = request.path().replaceAll("\\?.*", "");
        if (path.startsWith("/api/")) {
            reply.send(200, listing());
            return;
        }
        String name = URLDecoder.decode(path.replaceAll("^/storage/|^.*/resolve/[^/]*/", ""), StandardCharsets.UTF_8);
        File file = files.get(name);
        if (file == null) {
            reply.header("X-Error-Code", "EntryNotFound")
                    .header("X-Repo-Commit", commit)
                    .send(404);
        } else if (path.startsWith("/storage/")) {
            serve(request, reply, file.content());
        } else {
            reply.header("X-Repo-Commit", commit).header("ETag", "\"" + gitBlob(file.content()) + "\"");
            if (file.large()) {
                reply.header("X-Linked-Etag", "\"" + sha256(file.content()) + "\"")
                        .header("X-Linked-Size", String.valueOf(file.content().length))
                        .header("Location", storage.address() + "/storage/" + name)
                        .send(302);
            } else {
                serve(request, reply, file.content());
            }
        }
    }

    /** Sends what was asked for, with a Range as with none. */
    static void serve(Request request, Reply reply, byte[] content) throws IOException {
        int from = request.from();
        if (from == 0) {
            reply.send(200, content);
        } else if (from >= content.length) {
            reply.header("Content-Range", "bytes */" + content.length).send(416);
        } else {
            reply.header("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length)
                    .send(206, Arrays.copyOfRange(content, from, content.length));
        }
    }

    private byte[] listing() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode().put("id", "org/tiny").put("sha", commit);
        ArrayNode siblings = json.putArray("siblings");
        files.forEach((path, file) -> {
            ObjectNode sibling = siblings.addObject()
                    .put("rfilename", path)
                    .put("size", file.content().length)
                    .put("blobId", gitBlob(file.content()));
            if (file.large()) {
                sibling.putObject("lfs")
                        .put("sha256", sha256(file.content()))
                        .put("size", file.content().length)
                        .put("pointerSize", 130);
            }
        });
        return mapper.writeValueAsBytes(json);
    }

    static String gitBlob(byte[] content) {
        byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + content.length);
        System.arraycopy(content, 0, all, header.length, content.length);
        return digest("SHA-1", all);
    }

    static String sha256(byte[] content) {
        return digest("SHA-256", content);
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Requests to the storage host that carried the token; there must never be any. */
    List<Request> tokensGivenAway() {
        List<Request> given = new ArrayList<>(storage.requests());
        given.removeIf(request -> request.header("authorization").isEmpty());
        return given;
    }

    @Override
    public void close() throws IOException {
        hub.close();
        storage.close();
    }
}
