package dev.plumbline.pipeline;

import dev.plumbline.generate.FinishReason;
import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A deterministic source whose means depend on the whole chunk, as those of a real engine do in their last bits: a run
 * that ever batched a rollout with others than before would end with other bytes.
 */
final class FakeSource implements ResponseSource {

    static final int LAYERS = 2;
    static final int D_MODEL = 3;

    static final CaptureSetup SETUP = new CaptureSetup("fake", "1", DType.F32, "none", List.of(3, 5));

    private final int chunkSize;
    private final int parallelism;
    private final boolean captures;
    private final int callsToLive;
    private final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();

    FakeSource(int chunkSize, int parallelism, boolean captures, int callsToLive) {
        this.chunkSize = chunkSize;
        this.parallelism = parallelism;
        this.captures = captures;
        this.callsToLive = callsToLive;
    }

    static FakeSource capturing(int chunkSize) {
        return new FakeSource(chunkSize, 1, true, Integer.MAX_VALUE);
    }

    /** Stands for the death of the process: nothing catches it. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public SortedMap<String, String> parameters() {
        return new TreeMap<>(Map.of("model", "fake", "temperature", "0.7"));
    }

    @Override
    public boolean supportsSystemMessages() {
        return true;
    }

    @Override
    public Optional<CaptureSetup> capture() {
        return captures ? Optional.of(SETUP) : Optional.empty();
    }

    @Override
    public int chunkSize() {
        return chunkSize;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
        if (calls.getAndIncrement() >= callsToLive) {
            throw new Death();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        requests.addAndGet(chunk.size());
        int neighbours = chunk.stream().map(RolloutRequest::id).toList().hashCode();
        List<Reply> replies = new ArrayList<>();
        for (RolloutRequest request : chunk) {
            replies.add(reply(request, neighbours));
        }
        return replies;
    }

    private Reply reply(RolloutRequest request, int neighbours) {
        Random random = new Random(request.seed());
        if (random.nextInt(40) == 0) {
            return new Reply.Declined("a filter said no");
        }
        String text = random.nextInt(30) == 0 ? " " : "Reply " + random.nextInt() + " to " + request.prompt();
        FinishReason finish = random.nextInt(10) == 0 ? FinishReason.LENGTH : FinishReason.STOP;
        float[] mean = new float[LAYERS * D_MODEL];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) random.nextGaussian() + neighbours * 0x1p-40f;
        }
        boolean lost = random.nextInt(25) == 0;
        return new Reply.Answered(new Rollout(
                request,
                text,
                1 + random.nextInt(50),
                finish,
                captures && !lost ? Optional.of(TensorData.ofFloats(mean, LAYERS, D_MODEL)) : Optional.empty()));
    }
}
