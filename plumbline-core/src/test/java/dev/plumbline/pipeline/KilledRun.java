package dev.plumbline.pipeline;

import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.judge.Judge;
import dev.plumbline.judge.JudgeRequest;
import dev.plumbline.judge.Verdict;
import java.nio.file.Path;
import java.util.List;

/** A run in a process of its own, slow enough to be killed anywhere. */
final class KilledRun {

    private KilledRun() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("about to work");
        run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    static void run(Path directory, int pauseMillis) throws InterruptedException {
        PipelineOptions options =
                RunTree.options(directory).dumpActivations(true).build();
        FakeSource source = FakeSource.capturing(7);
        FakeJudge judge = new FakeJudge();
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            run.all(new Slow(source, pauseMillis), new Judge() {
                @Override
                public String name() {
                    return judge.name();
                }

                @Override
                public Verdict judge(JudgeRequest request) {
                    try {
                        Thread.sleep(pauseMillis);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return judge.judge(request);
                }
            });
        }
    }

    private static final class Slow extends ForwardingSource {
        private final int pauseMillis;

        Slow(ResponseSource source, int pauseMillis) {
            super(source);
            this.pauseMillis = pauseMillis;
        }

        @Override
        public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
            Thread.sleep(pauseMillis);
            return super.respond(chunk);
        }
    }
}
