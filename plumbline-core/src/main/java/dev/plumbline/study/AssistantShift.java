package dev.plumbline.study;

import dev.plumbline.capture.ProjectionRecorder;
import dev.plumbline.direction.Direction;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.TokenSequence;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.statistics.PairedBootstrap;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import java.util.Arrays;
import java.util.List;

/**
 * How far a treatment moves what needs no treatment: answers that the default Assistant gave, read again as they are and under
 * the treatment. A cap that only prevents drift moves them by nothing.
 */
public final class AssistantShift {

    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(2000, 1);

    private final LanguageModel model;
    private final Direction direction;
    private final List<TokenSequence> conversations;
    private final double[] asTheyAre;
    private final double deviation;

    /**
     * Reads the answers as they are.
     *
     * @param direction along which they are told; at the model's last layers, all of a treatment has happened
     * @param conversations of the default Assistant, each with an answer, at least two of which differ along the direction
     */
    public AssistantShift(LanguageModel model, Direction direction, List<Conversation> conversations) {
        this.model = model;
        this.direction = direction;
        this.conversations = conversations.stream()
                .map(conversation -> TokenSequence.of(model.chatFormat().render(conversation)))
                .toList();
        this.asTheyAre = means(HookPlan.empty());
        double mean = Arrays.stream(asTheyAre).average().orElse(Double.NaN);
        this.deviation = Math.sqrt(Arrays.stream(asTheyAre)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (asTheyAre.length - 1));
        if (!(deviation > 0)) {
            throw new IllegalArgumentException("There are " + conversations.size()
                    + " conversations of the default Assistant whose answers spread by " + deviation
                    + " along the direction; a shift is measured in that, so it takes two different ones at least");
        }
    }

    /** The mean change in standard deviations of the answers as they are; positive is toward the Assistant along an axis. */
    public Estimate of(Treatment treatment) {
        return BOOTSTRAP.ofMeans(asTheyAre, means(treatment.plan()), (before, after) -> (after - before) / deviation);
    }

    private double[] means(HookPlan plan) {
        double[] sums = new double[conversations.size()];
        int[] counts = new int[conversations.size()];
        ProjectionRecorder recorder =
                new ProjectionRecorder(List.of(direction), (ignored, sequence, position, projection) -> {
                    sums[sequence] += projection;
                    counts[sequence]++;
                });
        model.read(conversations, recorder.after(plan, Positions.RESPONSE));
        double[] means = new double[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[i] / counts[i];
        }
        return means;
    }
}
