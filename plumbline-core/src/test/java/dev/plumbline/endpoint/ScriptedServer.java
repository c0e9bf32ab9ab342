package dev.plumbline.endpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback server that says and does whatever a test wants, down to the bytes. */
public final class ScriptedServer implements AutoCloseable {

    /** What to do with one request; the connection is closed afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * One request as it arrived.
     *
     * @param number from 0, in order of arrival
     */
    public record Request(int number, String head, String body, long arrivalNanos) {}

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger counter = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();

    public ScriptedServer(Behaviour behaviour) {
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> accept(behaviour));
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** A reply as a well-behaved server gives it. */
    public static Behaviour says(String text) {
        return (request, out) -> respond(out, 200, "", completion(text, "stop"));
    }

    public static String completion(String text, String finishReason) {
        return """
                {"id":"x","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
                "finish_reason":"%s"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}""".formatted(text, finishReason);
    }

    public static void respond(OutputStream out, int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + headers + "Content-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    private void accept(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket, behaviour));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, Behaviour behaviour) {
        try (socket) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            try (Answer answer = new Answer(socket.getOutputStream())) {
                behaviour.answer(request, answer);
            }
        } catch (IOException clientWentAway) {
            // Tests cut connections on purpose.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** A request is in flight until its answer begins to leave: from then on the client may send the next one. */
    private final class Answer extends FilterOutputStream {
        private boolean begun;

        Answer(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            begin();
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begin();
            out.write(bytes, offset, length);
        }

        /** Ends the answer; the socket is the server's to close. */
        @Override
        public void close() throws IOException {
            begin();
            out.flush();
        }

        private void begin() {
            if (!begun) {
                begun = true;
                inFlight.decrementAndGet();
            }
        }
    }

    private Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Request ended early");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        Request request = new Request(counter.getAndIncrement(), text, body, System.nanoTime());
        requests.add(request);
        return request;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
