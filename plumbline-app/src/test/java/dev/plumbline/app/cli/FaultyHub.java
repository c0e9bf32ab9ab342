package dev.plumbline.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A Hub with one repository under every name. Faults are put in its way, each for one request. */
final class FaultyHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** An answer in place of the right one. */
    interface Fault {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FaultyHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "faulty-hub");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    FaultyHub with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Answers the next request whose method and path end so in another way. */
    void once(String methodAndPathEnd, Fault fault) {
        faults.put(methodAndPathEnd, fault);
    }

    /** Says why not, and nothing else. */
    static Fault refuse(int status, String... headers) {
        return (exchange, content) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Announces everything, sends a part, and hangs up. */
    static Fault cutAfter(int bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
        };
    }

    /** Announces everything, sends a part, and then nothing more until the other side hangs up. */
    static Fault stallAfter(int bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Sends fewer bytes than the listing says there are, as if that were all. */
    static Fault shorterBy(int bytes) {
        return (exchange, content) -> send(exchange, 200, Arrays.copyOf(content, content.length - bytes));
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it was asked, as {@code METHOD path}, and the range if one was asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String request = exchange.getRequestMethod() + " " + path;
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(range == null ? request : request + " " + range);
            String name = path.replaceAll("^.*/resolve/[^/]*/", "");
            byte[] content = path.contains("/api/") ? listing() : files.get(name);
            for (String end : faults.keySet()) {
                String[] parts = end.split(" ", -1);
                if (request.startsWith(parts[0]) && request.endsWith(parts[1])) {
                    Fault fault = faults.remove(end);
                    fault.answer(exchange, content == null ? new byte[0] : content);
                    return;
                }
            }
            if (content == null) {
                refuse(404, "X-Error-Code", "EntryNotFound", "X-Repo-Commit", COMMIT)
                        .answer(exchange, new byte[0]);
                return;
            }
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("ETag", "\"" + digest("SHA-1", blob(content)) + "\"");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            send(exchange, from > 0 ? 206 : 200, Arrays.copyOfRange(content, from, content.length));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private byte[] listing() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode().put("id", "org/tiny").put("sha", COMMIT);
        ArrayNode siblings = json.putArray("siblings");
        files.forEach((name, content) -> siblings.addObject()
                .put("rfilename", name)
                .put("size", content.length)
                .put("blobId", digest("SHA-1", blob(content))));
        return mapper.writeValueAsBytes(json);
    }

    private static byte[] blob(byte[] content) {
        byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + content.length);
        System.arraycopy(content, 0, all, header.length, content.length);
        return all;
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
