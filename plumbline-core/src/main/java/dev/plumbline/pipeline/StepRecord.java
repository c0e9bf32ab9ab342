package dev.plumbline.pipeline;

import dev.plumbline.judge.Verdict;
import java.util.List;
import java.util.SortedMap;

/** What a step did for one role: kept beside the reference's files, which have no place for it. */
sealed interface StepRecord {

    /** Whether nothing is left that the same command would ask for again. */
    boolean complete();

    /** What the step lost, by name. */
    List<Loss> lost();

    /**
     * Of responses.
     *
     * @param planned rollouts of the role
     * @param kept responses in the file
     * @param tokens tokens of them
     * @param endedByLength keys of responses that the token limit ended; kept, but worth knowing
     */
    record Responses(int planned, int kept, long tokens, List<String> endedByLength, List<Loss> lost, boolean complete)
            implements StepRecord {}

    /**
     * Of response means.
     *
     * @param kept responses that have one
     */
    record Activations(int kept, List<Loss> lost, boolean complete) implements StepRecord {}

    /**
     * Of scores.
     *
     * @param judge who gave them
     * @param counts responses by score
     */
    record Scores(String judge, SortedMap<Integer, Integer> counts, List<Loss> lost, boolean complete)
            implements StepRecord {}

    /** What a verdict without a score is called among the losses. */
    static LossKind kind(Verdict verdict) {
        return verdict instanceof Verdict.Refusal ? LossKind.REFUSAL_SCORE : LossKind.UNPARSEABLE_SCORE;
    }
}
