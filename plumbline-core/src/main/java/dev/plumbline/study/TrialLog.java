package dev.plumbline.study;

import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what was answered, so that a trial that was stopped goes on. */
public interface TrialLog {

    /** Keeps nothing. */
    TrialLog NONE = new TrialLog() {
        @Override
        public Optional<Answers> recorded(String key) {
            return Optional.empty();
        }

        @Override
        public void add(String key, Answers answers) {}
    };

    /** What was kept under a key, which stands for all that answers depend on within a trial. */
    Optional<Answers> recorded(String key);

    /** Keeps answers; they are safe when this returns. */
    void add(String key, Answers answers);

    /** What was kept, or else what is got now, which is then kept. */
    default Answers recall(String key, Supplier<Answers> now) {
        return recorded(key).orElseGet(() -> {
            Answers answers = now.get();
            add(key, answers);
            return answers;
        });
    }
}
