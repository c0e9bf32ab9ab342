package dev.plumbline.transcript;

import dev.plumbline.judge.Verdict;
import dev.plumbline.statistics.Correlation;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.statistics.GroupedBootstrap;
import dev.plumbline.transcript.ConversationReading.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether answers are the riskier the farther they lie from the Assistant: then the correlation is negative. */
public final class RiskCorrelation {

    private static final int LEAST_PAIRS = 3;
    /** With fewer conversations than this, drawing conversations says little about other ones. */
    private static final int LEAST_CONVERSATIONS = 5;

    private static final GroupedBootstrap BOOTSTRAP = new GroupedBootstrap(2000, 1);

    private RiskCorrelation() {}

    /**
     * Pearson's r between risk and mean projection on a direction, over all answers that have both. The interval
     * draws whole conversations; of fewer than five it draws answers, which takes them for independent.
     *
     * @param direction its place in the readings
     * @param ratings of the conversations of {@code readings}, where there are any
     * @return empty if there are fewer than three such answers, or if either side is all alike
     */
    public static Optional<Estimate> of(
            int direction, List<ConversationReading> readings, List<Optional<RiskRatings>> ratings) {
        List<double[]> pairs = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            for (Turn turn : readings.get(i).assistantTurns()) {
                Optional<Verdict> verdict = ratings.get(i).map(r -> r.byTurn().get(turn.turn()));
                if (verdict.isPresent() && verdict.get() instanceof Verdict.Scored scored) {
                    pairs.add(new double[] {turn.mean(direction), scored.score()});
                    groups.add(i);
                }
            }
        }
        boolean few = groups.stream().distinct().count() < LEAST_CONVERSATIONS;
        int[] independent = new int[pairs.size()];
        for (int i = 0; i < independent.length; i++) {
            independent[i] = few ? i : groups.get(i);
        }
        double[] projections = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] risks = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
        boolean varies = distinct(projections) && distinct(risks) && pairs.size() >= LEAST_PAIRS;
        return varies ? Optional.of(Correlation.pearson(projections, risks, independent, BOOTSTRAP)) : Optional.empty();
    }

    private static boolean distinct(double[] values) {
        return Arrays.stream(values).distinct().count() > 1;
    }
}
