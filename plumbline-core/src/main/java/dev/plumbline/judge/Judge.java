package dev.plumbline.judge;

/** Scores responses. Implementations are thread-safe: callers judge many responses at once. */
public interface Judge {

    /** Recorded beside every score, e.g. {@code gpt-4.1-mini} or {@code nano-grammar}. */
    String name();

    /**
     * Judges one response, blocking until the verdict is known.
     *
     * @throws JudgeException if no verdict could be had; it says whether asking later may help
     */
    Verdict judge(JudgeRequest request);
}
