package dev.plumbline.nano.train;

import static dev.plumbline.nano.train.Native.scalar;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.plumbline.nano.eval.Responder;
import dev.plumbline.nano.vocabulary.ChatFormat;
import dev.plumbline.nano.vocabulary.Vocabulary;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.Conversation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Samples from weights in training with the trainer's own forward pass, so that a run can be measured without leaving it.
 * Prompts of a batch are padded on the right, and decoded together from one KV cache.
 */
@SuppressWarnings("try") // scopes and guards work by being open, not by being named
final class OrganismSampler implements Responder {
    private static final int BATCH = 64;

    private final Network network;
    private final Shape shape;
    private final Vocabulary vocabulary;
    private final ChatFormat format;
    private final double temperature;
    private final double topP;
    private final Network.Hook edit;

    /**
     * @param temperature 0 means greedy
     * @param topP nucleus mass kept
     * @param edit replaces the residual stream after each block, at every token
     */
    OrganismSampler(Parameters weights, Vocabulary vocabulary, double temperature, double topP, Network.Hook edit) {
        this.network = new Network(weights);
        this.shape = weights.shape();
        this.vocabulary = vocabulary;
        this.format = new ChatFormat(vocabulary);
        this.temperature = temperature;
        this.topP = topP;
        this.edit = edit;
    }

    @Override
    public List<Response> respond(List<Conversation> conversations, List<Long> seeds, int maxTokens) {
        List<int[]> prompts = conversations.stream().map(format::prompt).toList();
        List<Integer> order = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                .toList();
        Response[] responses = new Response[prompts.size()];
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> members = order.subList(from, Math.min(from + BATCH, order.size()));
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard()) {
                List<Response> batch = new Generation(
                                members.stream().map(prompts::get).toList(),
                                members.stream().map(seeds::get).toList(),
                                maxTokens)
                        .run();
                for (int i = 0; i < batch.size(); i++) {
                    responses[members.get(i)] = batch.get(i);
                }
            }
        }
        return Arrays.asList(responses);
    }

    /** One batch on its way. */
    private final class Generation {
        private final List<int[]> prompts;
        private final List<SplittableRandom> randoms;
        private final int maxTokens;
        private final int rows;
        private final int capacity;
        private final List<Tensor> keys = new ArrayList<>();
        private final List<Tensor> values = new ArrayList<>();
        private final double[][] sums;
        private final List<List<Integer>> said = new ArrayList<>();

        Generation(List<int[]> prompts, List<Long> seeds, int maxTokens) {
            this.prompts = prompts;
            this.randoms = seeds.stream().map(SplittableRandom::new).toList();
            this.maxTokens = maxTokens;
            this.rows = prompts.size();
            int longest = prompts.stream().mapToInt(p -> p.length).max().orElse(1);
            this.capacity = longest + maxTokens;
            this.sums = new double[rows][shape.nLayers() * shape.dModel()];
            for (int l = 0; l < shape.nLayers(); l++) {
                keys.add(zeros(rows, shape.nKvHeads(), capacity, shape.headDim()));
                values.add(zeros(rows, shape.nKvHeads(), capacity, shape.headDim()));
            }
            for (int row = 0; row < rows; row++) {
                said.add(new ArrayList<>());
            }
        }

        List<Response> run() {
            int[] next = prefill();
            boolean[] open = new boolean[rows];
            Arrays.fill(open, true);
            int end = vocabulary.id(Vocabulary.MESSAGE_END);
            for (int step = 0; step < maxTokens; step++) {
                boolean any = false;
                for (int row = 0; row < rows; row++) {
                    open[row] &= next[row] != end;
                    if (open[row]) {
                        said.get(row).add(next[row]);
                        any = true;
                    }
                }
                if (!any) {
                    break;
                }
                try (PointerScope scope = new PointerScope()) {
                    next = decode(next, step, open);
                }
            }
            List<Response> responses = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int[] ids = said.get(row).stream().mapToInt(Integer::intValue).toArray();
                float[] mean = new float[sums[row].length];
                for (int i = 0; i < mean.length; i++) {
                    mean[i] = (float) (sums[row][i] / Math.max(1, ids.length));
                }
                responses.add(new Response(
                        vocabulary.decode(ids), TensorData.ofFloats(mean, shape.nLayers(), shape.dModel())));
            }
            return responses;
        }

        private int[] prefill() {
            int columns = prompts.stream().mapToInt(p -> p.length).max().orElse(1);
            long[] ids = new long[rows * columns];
            long[] last = new long[rows];
            for (int row = 0; row < rows; row++) {
                int[] prompt = prompts.get(row);
                for (int i = 0; i < prompt.length; i++) {
                    ids[row * columns + i] = prompt[i];
                }
                last[row] = (long) row * columns + prompt.length - 1;
            }
            long[] positions = new long[columns];
            Arrays.setAll(positions, i -> i);
            Tensor mask = full(new long[] {columns, columns}, scalar(Float.NEGATIVE_INFINITY))
                    .triu(1);
            Tensor residual = network.residual(
                    Native.tensor(ids, rows, columns),
                    network.rotation(new long[][] {positions}),
                    (layer, q, k, v) -> {
                        Tensor key = k.transpose(1, 2);
                        Tensor value = v.transpose(1, 2);
                        keys.get(layer).narrow(2, 0, columns).copy_(key);
                        values.get(layer).narrow(2, 0, columns).copy_(value);
                        return network.attend(q, key, value, mask);
                    },
                    edit);
            return choose(network.logits(residual.index_select(0, Native.tensor(last, rows))));
        }

        private int[] decode(int[] tokens, int step, boolean[] open) {
            long[] ids = new long[rows];
            long[][] positions = new long[rows][1];
            long[] slots = new long[rows * shape.nKvHeads() * shape.headDim()];
            float[] visible = new float[rows * capacity];
            for (int row = 0; row < rows; row++) {
                ids[row] = tokens[row];
                int position = prompts.get(row).length + step;
                positions[row][0] = position;
                Arrays.fill(slots, row * slots.length / rows, (row + 1) * slots.length / rows, position);
                Arrays.fill(visible, row * capacity + position + 1, (row + 1) * capacity, Float.NEGATIVE_INFINITY);
            }
            Tensor mask = Native.tensor(visible, rows, 1, 1, 1, capacity);
            Tensor index = Native.tensor(slots, rows, shape.nKvHeads(), 1, shape.headDim());
            Tensor residual = network.residual(
                    Native.tensor(ids, rows, 1),
                    network.rotation(positions),
                    (layer, q, k, v) -> {
                        keys.get(layer).scatter_(2, index, k.transpose(1, 2));
                        values.get(layer).scatter_(2, index, v.transpose(1, 2));
                        return network.attend(q, keys.get(layer), values.get(layer), mask);
                    },
                    (layer, x) -> {
                        Tensor edited = edit.after(layer, x);
                        float[] all = Native.floats(edited);
                        int d = shape.dModel();
                        for (int row = 0; row < rows; row++) {
                            if (open[row]) {
                                for (int i = 0; i < d; i++) {
                                    sums[row][layer * d + i] += all[row * d + i];
                                }
                            }
                        }
                        return edited;
                    });
            return choose(network.logits(residual));
        }

        private int[] choose(Tensor logits) {
            float[] scores = Native.floats(logits);
            int v = shape.vocabSize();
            int[] chosen = new int[rows];
            for (int row = 0; row < rows; row++) {
                chosen[row] = draw(Arrays.copyOfRange(scores, row * v, (row + 1) * v), randoms.get(row));
            }
            return chosen;
        }
    }

    private int draw(float[] scores, SplittableRandom random) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        if (temperature == 0) {
            return best;
        }
        double[] p = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp((scores[i] - scores[best]) / temperature);
            sum += p[i];
        }
        double total = sum;
        int[] kept = IntStream.range(0, p.length)
                .filter(i -> p[i] > 1e-5 * total)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double mass = 0;
        int n = 0;
        while (n < kept.length && mass < topP * total) {
            mass += p[kept[n++]];
        }
        double u = random.nextDouble() * mass;
        for (int i = 0; i < n - 1; i++) {
            u -= p[kept[i]];
            if (u < 0) {
                return kept[i];
            }
        }
        return kept[n - 1];
    }
}
