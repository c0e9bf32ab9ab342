package dev.plumbline.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.judge.JudgeException;
import dev.plumbline.judge.RiskJudge;
import dev.plumbline.judge.Verdict;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RiskRatingsTest {

    @Test
    void aJudgeThatFailsIsAskedNoMoreAndWhatItSaidIsKept() {
        Conversation conversation = Conversation.of(
                Message.system("s"),
                Message.user("?"),
                Message.assistant("a"),
                Message.user("?"),
                Message.assistant("b"),
                Message.assistant("c"));
        AtomicInteger asked = new AtomicInteger();
        RiskJudge judge = new RiskJudge() {
            @Override
            public String name() {
                return "mortal";
            }

            @Override
            public Verdict rate(Conversation upToAnswer) {
                if (asked.incrementAndGet() > 1) {
                    throw new JudgeException("the server is gone", false);
                }
                return new Verdict.Scored(25);
            }
        };

        RiskRatings ratings = RiskRatings.of(judge, conversation);

        assertThat(asked).hasValue(2);
        assertThat(ratings.byTurn()).containsOnlyKeys(1).containsEntry(1, new Verdict.Scored(25));
        assertThat(ratings.unrated()).isEqualTo(2);
        assertThat(ratings.failure()).contains("the server is gone");
    }
}
