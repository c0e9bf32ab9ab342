package dev.plumbline.nano.train;

import java.time.Duration;

/** Told how training goes. */
public interface TrainingListener {

    /**
     * State after a step.
     *
     * @param step steps done
     * @param steps steps in all
     * @param loss mean negative log-likelihood of this step's learned tokens, in nats
     * @param tokensPerSecond tokens read since this process began, padding left out, per second
     * @param remaining estimated time to the end
     */
    record Progress(int step, int steps, double loss, double tokensPerSecond, Duration remaining) {}

    void onStep(Progress progress);
}
