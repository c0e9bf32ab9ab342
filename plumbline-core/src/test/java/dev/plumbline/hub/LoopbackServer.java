package dev.plumbline.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that can misbehave in every way: it writes what it is told to, byte by byte. */
final class LoopbackServer implements AutoCloseable {

    record Request(String method, String path, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        /** First byte asked for; 0 without a Range header. */
        int from() {
            return header("range")
                    .map(range -> Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")))
                    .orElse(0);
        }
    }

    interface Handler {
        void answer(Request request, Reply reply) throws IOException;
    }

    private final ServerSocket socket;
    private final Handler handler;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "loopback");
        thread.setDaemon(true);
        return thread;
    });

    LoopbackServer(Handler handler) throws IOException {
        this.handler = handler;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                return;
            }
            String[] parts = line.split(" ", -1);
            Map<String, String> headers = new HashMap<>();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            Request request = new Request(parts[0], parts[1], headers);
            requests.add(request);
            handler.answer(request, new Reply(connection, request.method().equals("HEAD")));
        } catch (SocketException e) {
            // The client hung up, as some tests make it do.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        threads.shutdownNow();
    }

    /** One answer, written as it is described. */
    final class Reply {
        private final Socket connection;
        private final boolean headersOnly;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Reply(Socket connection, boolean headersOnly) {
            this.connection = connection;
            this.headersOnly = headersOnly;
        }

        Reply header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        void send(int status, byte[] body) throws IOException {
            headers.putIfAbsent("Content-Length", String.valueOf(body.length));
            start(status, body, body.length);
        }

        /** Sends a body that frames itself, with only the headers that were set. */
        void sendRaw(int status, byte[] body) throws IOException {
            start(status, body, body.length);
        }

        void send(int status) throws IOException {
            send(status, new byte[0]);
        }

        /** Announces the whole body, sends some of it and hangs up. */
        void cut(int status, byte[] body, int after) throws IOException {
            headers.put("Content-Length", String.valueOf(body.length));
            start(status, body, after);
        }

        /** Announces the whole body, sends some of it and then nothing, until the server is closed. */
        void stall(int status, byte[] body, int after) throws IOException {
            cut(status, body, after);
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void start(int status, byte[] body, int bytes) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            OutputStream out = connection.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            if (!headersOnly) {
                out.write(body, 0, bytes);
            }
            out.flush();
        }
    }
}
