package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of any number of roles and responses needs the memory of one role and one chunk. */
class RunMemoryTest {

    private static final int CHARACTERS = 15;
    private static final int QUESTIONS = 300;
    private static final int CHUNK = 100;
    private static final int REPLY_CHARACTERS = 4000;

    @TempDir
    Path directory;

    /** Long replies, and a look at the heap before each chunk. */
    private static final class WatchedSource extends ForwardingSource {
        private final List<Long> liveBytes = new ArrayList<>();

        WatchedSource() {
            super(FakeSource.capturing(CHUNK));
        }

        @Override
        public List<Reply> respond(List<RolloutRequest> chunk) throws InterruptedException {
            System.gc();
            liveBytes.add(
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            return super.respond(chunk).stream().map(WatchedSource::longer).toList();
        }

        private static Reply longer(Reply reply) {
            return reply instanceof Reply.Answered answer ? new Reply.Answered(longer(answer.rollout())) : reply;
        }

        private static Rollout longer(Rollout rollout) {
            String text = rollout.text() + "x".repeat(REPLY_CHARACTERS);
            return new Rollout(rollout.request(), text, rollout.tokens(), rollout.finish(), rollout.responseMean());
        }
    }

    @Test
    void doesNotGrowWithRolesAndResponses() throws Exception {
        WatchedSource source = new WatchedSource();
        PipelineOptions options = RunTree.options(directory)
                .roles(RunTree.roles(CHARACTERS, 1))
                .questions(RunTree.questions(QUESTIONS))
                .judgeConcurrency(8)
                .build();
        PipelineSummary summary;
        try (PipelineRun run = PipelineRun.open(options, PipelineProgress.SILENT)) {
            summary = run.all(source, new FakeJudge());
        }
        assertThat(summary.roles()).isEqualTo(CHARACTERS + 1);
        List<Long> live = source.liveBytes;
        int quarter = live.size() / 4;
        long early = live.subList(quarter, 2 * quarter).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        long late = live.subList(3 * quarter, live.size()).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        long repliesBetween = (long) (CHARACTERS * QUESTIONS / 4) * REPLY_CHARACTERS;
        assertThat(late - early)
                .as("growth while %d bytes of replies came", repliesBetween)
                .isLessThan(repliesBetween / 4);
    }
}
