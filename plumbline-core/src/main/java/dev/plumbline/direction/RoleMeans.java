package dev.plumbline.direction;

import dev.plumbline.hook.HookPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Running means of one role's responses, one for each score that the judge gives (0 to 3). Not thread-safe. */
public final class RoleMeans {

    private static final int HIGHEST_SCORE = 3;

    private final String role;
    private final List<MeanAccumulator> byScore = new ArrayList<>();
    private final MeanAccumulator unscored;

    /**
     * Means without any response yet.
     *
     * @param layers 0-based block indices, ascending
     */
    public RoleMeans(String role, HookPoint point, int[] layers, int dModel) {
        this.role = role;
        for (int score = 0; score <= HIGHEST_SCORE; score++) {
            byScore.add(new MeanAccumulator(point, layers, dModel));
        }
        this.unscored = new MeanAccumulator(point, layers, dModel);
    }

    public String role() {
        return role;
    }

    /** Adds the activation {@code [L, D]} of a response that the judge scored. */
    public void add(int score, LayerVectors activation) {
        ofScore(score).add(activation);
    }

    /** Adds the activation of a response that nobody judges, as those of the default Assistant. */
    public void addUnscored(LayerVectors activation) {
        unscored.add(activation);
    }

    /** Adds what another part of the same role's responses came to. */
    public void merge(RoleMeans other) {
        if (!role.equals(other.role)) {
            throw new IllegalArgumentException(
                    "Responses of role '" + other.role + "' added to those of '" + role + "'");
        }
        for (int score = 0; score <= HIGHEST_SCORE; score++) {
            ofScore(score).merge(other.ofScore(score));
        }
        unscored.merge(other.unscored);
    }

    /** Number of responses with a score. */
    public long count(int score) {
        return ofScore(score).count();
    }

    /** Number of responses, scored or not. */
    public long count() {
        return unscored.count()
                + byScore.stream().mapToLong(MeanAccumulator::count).sum();
    }

    /**
     * The mean over the responses of a kind, if at least {@code minCount} (and at least one) went into it. The paper asks
     * for 10, the reference code for 50.
     */
    public Optional<RoleVector> vector(RoleVector.Kind kind, long minCount) {
        MeanAccumulator mean =
                switch (kind) {
                    case FULLY -> ofScore(3);
                    case SOMEWHAT -> ofScore(2);
                    case MEAN -> everything();
                };
        return mean.count() >= Math.max(1, minCount)
                ? Optional.of(new RoleVector(role, kind, mean.mean()))
                : Optional.empty();
    }

    private MeanAccumulator everything() {
        MeanAccumulator all = unscored.emptyCopy();
        all.merge(unscored);
        byScore.forEach(all::merge);
        return all;
    }

    private MeanAccumulator ofScore(int score) {
        if (score < 0 || score > HIGHEST_SCORE) {
            throw new IllegalArgumentException("Score " + score + " of role '" + role + "'; expected 0 to 3");
        }
        return byScore.get(score);
    }
}
