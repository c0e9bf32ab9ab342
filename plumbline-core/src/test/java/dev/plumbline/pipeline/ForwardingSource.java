package dev.plumbline.pipeline;

import dev.plumbline.generate.RolloutRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A source as another one, for tests that come in between. */
abstract class ForwardingSource implements ResponseSource {

    private final ResponseSource source;

    ForwardingSource(ResponseSource source) {
        this.source = source;
    }

    @Override
    public SortedMap<String, String> parameters() {
        return source.parameters();
    }

    @Override
    public boolean supportsSystemMessages() {
        return source.supportsSystemMessages();
    }

    @Override
    public Optional<CaptureSetup> capture() {
        return source.capture();
    }

    @Override
    public int chunkSize() {
        return source.chunkSize();
    }

    @Override
    public int parallelism() {
        return source.parallelism();
    }

    @Override
    public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
        return source.respond(chunk);
    }
}
