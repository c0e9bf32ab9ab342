package dev.plumbline.model;

import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.Device;
import dev.plumbline.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sends tokens to experts. Choices are made on the CPU, from scores in fp32. */
final class Router {

    /** A sum of chosen scores counts as no less when they are divided by it, so that the quotient stays finite. */
    private static final float LEAST_SUM = 1e-12f;

    private final Linear linear;
    private final MlpKind.Routed kind;
    private final float[] correction;

    /**
     * @param linear {@code [T, D]} to {@code [T, experts]}
     * @param correction what is added to the score of each expert when the best are sought
     */
    Router(Linear linear, MlpKind.Routed kind, float[] correction) {
        this.linear = linear;
        this.kind = kind;
        this.correction = correction.clone();
    }

    /** The tokens that chose one expert, and its weight for each. */
    static final class Queue {
        private final List<Integer> tokens = new ArrayList<>();
        private final List<Float> weights = new ArrayList<>();

        private void add(int token, float weight) {
            tokens.add(token);
            weights.add(weight);
        }

        boolean isEmpty() {
            return tokens.isEmpty();
        }

        /** {@code [n]}. */
        Tensor rows(Device device) {
            return Tensor.ofInts(tokens.stream().mapToInt(t -> t).toArray(), device);
        }

        /** {@code [n, 1]}. */
        Tensor factors(Device device) {
            float[] values = new float[weights.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = weights.get(i);
            }
            return Tensor.of(values, values.length, 1).to(device);
        }
    }

    /** Who goes where, of tokens {@code [T, D]}: one queue for each expert. */
    List<Queue> route(Tensor x) {
        Routing routing = kind.routing();
        Tensor outputs =
                linear.apply(routing.choice().corrected() ? x.to(DType.F32) : x).to(DType.F32);
        float[] scores =
                switch (routing.scores()) {
                    case SOFTMAX -> outputs.softmax(-1).toFloats();
                    case SIGMOID -> outputs.sigmoid().toFloats();
                };
        int n = kind.experts();
        List<Queue> queues = Stream.generate(Queue::new).limit(n).toList();
        float[] own = new float[n];
        for (int token = 0; token * n < scores.length; token++) {
            System.arraycopy(scores, token * n, own, 0, n);
            send(token, own, queues);
        }
        return queues;
    }

    private void send(int token, float[] scores, List<Queue> queues) {
        Routing.Weighing weighing = kind.routing().weighing();
        int[] chosen = best(merits(scores), kind.perToken());
        float divisor = 1;
        if (weighing.normalised()) {
            float sum = 0;
            for (int expert : chosen) {
                sum += scores[expert];
            }
            divisor = Math.max(sum, LEAST_SUM);
        }
        for (int expert : chosen) {
            queues.get(expert).add(token, scores[expert] / divisor * (float) weighing.scale());
        }
    }

    /** What the choice goes by: minus infinity for experts of groups that are out of the question. */
    private float[] merits(float[] scores) {
        Routing.Choice choice = kind.routing().choice();
        if (!choice.corrected() && choice.groups() == 1) {
            return scores;
        }
        float[] merits = scores.clone();
        for (int expert = 0; expert < merits.length && choice.corrected(); expert++) {
            merits[expert] += correction[expert];
        }
        if (choice.groups() > 1) {
            excludeGroups(merits, choice);
        }
        return merits;
    }

    private static void excludeGroups(float[] merits, Routing.Choice choice) {
        int size = merits.length / choice.groups();
        float[] ofGroups = new float[choice.groups()];
        for (int group = 0; group < ofGroups.length; group++) {
            float[] own = Arrays.copyOfRange(merits, group * size, (group + 1) * size);
            int[] two = best(own, 2);
            ofGroups[group] = own[two[0]] + own[two[1]];
        }
        int[] kept = best(ofGroups, choice.groupsPerToken());
        for (int group = 0; group < ofGroups.length; group++) {
            int excluded = group;
            if (IntStream.of(kept).noneMatch(k -> k == excluded)) {
                Arrays.fill(merits, group * size, (group + 1) * size, Float.NEGATIVE_INFINITY);
            }
        }
    }

    /** Indices of the highest values, best first; of equal ones the lower index counts as higher. */
    private static int[] best(float[] values, int count) {
        int[] chosen = new int[count];
        for (int rank = 0; rank < count; rank++) {
            int best = -1;
            for (int i = 0; i < values.length; i++) {
                boolean free = true;
                for (int other = 0; other < rank; other++) {
                    free &= chosen[other] != i;
                }
                if (free && (best < 0 || values[i] > values[best])) {
                    best = i;
                }
            }
            chosen[rank] = best;
        }
        return chosen;
    }
}
