package dev.plumbline.drift;

import dev.plumbline.capture.ProjectionRecorder;
import dev.plumbline.direction.Direction;
import dev.plumbline.drift.Dialogue.Ending;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Rollout;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.hook.Positions;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds many conversations at once: in each round the auditor speaks in every one that is not over, then the model answers
 * all of them in one batch. The seed of an answer depends on the settings' seed, the conversation's id and the turn, and
 * on nothing else, so that two runs that differ in their plan alone can be compared in pairs.
 */
public final class DriftSimulator {

    private static final Logger LOG = LoggerFactory.getLogger(DriftSimulator.class);

    private final LanguageModel model;
    private final Auditor auditor;
    private final DriftSettings settings;

    /** @param model stays the caller's to close */
    public DriftSimulator(LanguageModel model, Auditor auditor, DriftSettings settings) {
        this.model = model;
        this.auditor = auditor;
        this.settings = settings;
    }

    /**
     * Holds a conversation for each scenario.
     *
     * @param plan what is done to the model while it answers
     * @param log holds what earlier runs of the same settings have done, and takes in what is new
     * @return in the order of the scenarios
     * @throws InterruptedException if the thread was interrupted; what is in the log is finished
     */
    public List<Dialogue> run(List<Scenario> scenarios, HookPlan plan, TurnLog log) throws InterruptedException {
        return run(
                scenarios.stream()
                        .map(scenario -> new Conditions(scenario, plan))
                        .toList(),
                log);
    }

    /**
     * A conversation to hold.
     *
     * @param plan what is done to the model while it answers
     */
    public record Conditions(Scenario scenario, HookPlan plan) {}

    /**
     * Holds conversations that differ in what is done to the model.
     *
     * @param log knows conversations by their scenario alone: where one is held under several plans, it must hold no turns
     * @return in the order of the list
     * @throws InterruptedException if the thread was interrupted; what is in the log is finished
     * @see #run(List, HookPlan, TurnLog)
     */
    public List<Dialogue> run(List<Conditions> conversations, TurnLog log) throws InterruptedException {
        List<Open> all = new ArrayList<>();
        for (Conditions each : conversations) {
            all.add(new Open(each.scenario(), each.plan(), log.recorded(each.scenario())));
        }
        ExecutorService threads = Executors.newFixedThreadPool(auditor.parallelism(), task -> {
            Thread thread = new Thread(task, "plumbline-auditor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (List<Open> open = open(all); !open.isEmpty(); open = open(all)) {
                ask(open, threads);
                answer(open(open), log);
            }
        } catch (CancellationException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while generating");
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
        return all.stream().map(Open::dialogue).toList();
    }

    private static List<Open> open(List<Open> all) {
        return all.stream().filter(one -> one.ending == null).toList();
    }

    /** A conversation that is being held. */
    private final class Open {
        private final Scenario scenario;
        private final HookPlan plan;
        private final List<DriftTurn> turns;
        private Conversation conversation;
        private String said = "";
        private @Nullable Ending ending;

        Open(Scenario scenario, HookPlan plan, List<DriftTurn> recorded) {
            this.scenario = scenario;
            this.plan = plan;
            this.turns = new ArrayList<>(recorded);
            this.conversation = Dialogue.conversation(scenario, recorded);
            endIfComplete();
        }

        void hear(Optional<String> message) {
            if (message.isEmpty()) {
                ending = Ending.AUDITOR;
                return;
            }
            said = message.get();
            Conversation longer = conversation.with(Message.user(said));
            if (model.chatFormat().prompt(longer).ids().length >= model.contextLength()) {
                ending = Ending.CONTEXT;
            } else {
                conversation = longer;
            }
        }

        RolloutRequest request(int number) {
            return new RolloutRequest(Integer.toString(number), conversation, seed("answer"));
        }

        DriftTurn answered(Rollout rollout, Optional<DriftTurn.Projection> projection) {
            DriftTurn turn = new DriftTurn(
                    scenario.id(), turns.size(), said, rollout.text(), rollout.tokens(), rollout.finish(), projection);
            turns.add(turn);
            conversation = conversation.with(Message.assistant(rollout.text()));
            endIfComplete();
            return turn;
        }

        private void endIfComplete() {
            if (turns.size() >= settings.turns()) {
                ending = Ending.COMPLETE;
            }
        }

        long seed(String whose) {
            return DriftSimulator.seed(settings.seed() + "\n" + scenario.id() + "\n" + turns.size() + "\n" + whose);
        }

        Dialogue dialogue() {
            List<DriftTurn> held = turns.size() > settings.turns() ? turns.subList(0, settings.turns()) : turns;
            return new Dialogue(scenario, held, ending == null ? Ending.FAILED : ending);
        }
    }

    private void ask(List<Open> open, ExecutorService threads) throws InterruptedException {
        List<Future<Optional<String>>> messages = new ArrayList<>();
        for (Open one : open) {
            messages.add(threads.submit(() -> auditor.next(one.scenario, one.conversation, one.seed("question"))));
        }
        for (int i = 0; i < open.size(); i++) {
            try {
                open.get(i).hear(messages.get(i).get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AuditorException)) {
                    throw unchecked(e);
                }
                LOG.warn("{}: {}", open.get(i).scenario.id(), e.getCause().getMessage());
                open.get(i).ending = Ending.FAILED;
            }
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return e.getCause() instanceof RuntimeException known
                ? known
                : new IllegalStateException("The auditor failed", e.getCause());
    }

    private void answer(List<Open> open, TurnLog log) {
        if (open.isEmpty()) {
            return;
        }
        List<RolloutRequest> requests = IntStream.range(0, open.size())
                .mapToObj(i -> open.get(i).request(i))
                .toList();
        Direction direction = settings.direction();
        double[] sums = new double[open.size()];
        int[] counts = new int[open.size()];
        int[] last = new int[open.size()];
        ProjectionRecorder before = new ProjectionRecorder(List.of(direction), (d, sequence, position, value) -> {
            if (position <= last[sequence]) {
                // Its text has other tokens than were sampled, and is read again; the mean after is of those, too.
                sums[sequence] = 0;
                counts[sequence] = 0;
            }
            last[sequence] = position;
            sums[sequence] += value;
            counts[sequence]++;
        });
        Map<HookPlan, HookPlan> watched = new HashMap<>(); // those that share a plan still do
        ResponseCapture capture = new ResponseCapture(List.of(direction.site().layer()));
        Function<RolloutRequest, HookPlan> plans = request -> {
            HookPlan plan = open.get(number(request)).plan;
            return plan.isEmpty()
                    ? plan
                    : watched.computeIfAbsent(plan, edits -> before.before(edits, Positions.GENERATED));
        };
        model.generate(requests, settings.sampling(), plans, capture, rollout -> {
            int i = number(rollout.request());
            boolean changed = !open.get(i).plan.isEmpty();
            Optional<DriftTurn.Projection> projection = rollout.responseMean()
                    .map(mean -> direction.projection(mean.toFloats()))
                    .map(after -> new DriftTurn.Projection(changed ? sums[i] / counts[i] : after, after));
            log.add(open.get(i).answered(rollout, projection));
        });
    }

    private static int number(RolloutRequest request) {
        return Integer.parseInt(request.id());
    }

    private static long seed(String name) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
