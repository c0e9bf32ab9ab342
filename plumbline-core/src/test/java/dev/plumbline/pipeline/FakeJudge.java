package dev.plumbline.pipeline;

import dev.plumbline.judge.Judge;
import dev.plumbline.judge.JudgeRequest;
import dev.plumbline.judge.Verdict;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A judge whose verdict is a function of what it reads. */
final class FakeJudge implements Judge {

    final AtomicInteger asked = new AtomicInteger();
    private final int callsToLive;

    FakeJudge(int callsToLive) {
        this.callsToLive = callsToLive;
    }

    FakeJudge() {
        this(Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return "fake-judge";
    }

    @Override
    public Verdict judge(JudgeRequest request) {
        if (asked.getAndIncrement() >= callsToLive) {
            throw new FakeSource.Death();
        }
        Random random = new Random((request.question() + request.answer()).hashCode());
        return random.nextInt(20) == 0
                ? new Verdict.Unparseable("cannot say")
                : new Verdict.Scored(Math.min(3, random.nextInt(6)));
    }
}
