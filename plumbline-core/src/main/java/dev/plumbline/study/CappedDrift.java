package dev.plumbline.study;

import dev.plumbline.drift.Auditor;
import dev.plumbline.drift.Dialogue;
import dev.plumbline.drift.DriftSettings;
import dev.plumbline.drift.DriftSimulator;
import dev.plumbline.drift.DriftTurn;
import dev.plumbline.drift.Scenario;
import dev.plumbline.drift.TurnLog;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.hook.HookPlan;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.statistics.PairedBootstrap;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import dev.plumbline.transcript.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The same simulated conversations held without a cap and with it, each from its own history. Answers are told by their mean
 * projection as it comes to the layer, before the cap there and after those of earlier layers, in standard deviations of the default Assistant.
 *
 * @param layer where answers are projected
 * @param groups kinds of conversations
 */
public record CappedDrift(int layer, List<Group> groups) {

    /** The first quantity of every group. */
    static final String PROJECTION = "projection, SDs of the default Assistant";

    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(2000, 1);

    /** Conversations to hold that are told of together, such as those that pull the model away. */
    public record Kind(String name, List<Scenario> scenarios) {
        public Kind {
            scenarios = List.copyOf(scenarios);
        }
    }

    /**
     * What became of one kind of conversations.
     *
     * @param conversations how many were held, in either way
     * @param courses of the projection and of the gauge, each only if at least two conversations have it at some turn
     */
    public record Group(String name, int conversations, List<Course> courses) {
        public Group {
            courses = List.copyOf(courses);
        }
    }

    /**
     * A quantity over the turns.
     *
     * @param turns those that at least two conversations have in both ways
     * @param lastChange paired change at the last of these turns, capped minus as it is
     */
    public record Course(String quantity, List<Turn> turns, Estimate lastChange) {
        public Course {
            turns = List.copyOf(turns);
        }
    }

    /**
     * Means over conversations at a turn, with 95 % bootstrap intervals over conversations.
     *
     * @param turn from 0
     */
    public record Turn(int turn, Estimate asItIs, Estimate capped) {}

    public CappedDrift {
        groups = List.copyOf(groups);
    }

    /** How conversations are held and told of: settings, the default Assistant's place along their direction, and a gauge. */
    public record Method(Auditor auditor, DriftSettings settings, Baseline baseline, Gauge gauge) {}

    /**
     * Holds every conversation twice, with the same seeds, all of them side by side.
     *
     * @param onTurn called after each answer; there are at most {@link #answers} of them
     * @throws InterruptedException if the thread was interrupted
     */
    public static CappedDrift hold(
            LanguageModel model, Method method, List<Kind> kinds, CapSetting setting, Runnable onTurn)
            throws InterruptedException {
        DriftSimulator simulator = new DriftSimulator(model, method.auditor(), method.settings());
        List<Scenario> all =
                kinds.stream().flatMap(kind -> kind.scenarios().stream()).toList();
        TurnLog log = new Telling(onTurn);
        HookPlan cap = setting.treatment().plan();
        List<Dialogue> dialogues = simulator.run(
                Stream.of(HookPlan.empty(), cap)
                        .flatMap(plan -> all.stream().map(scenario -> new DriftSimulator.Conditions(scenario, plan)))
                        .toList(),
                log);
        List<Dialogue> asItIs = dialogues.subList(0, all.size());
        List<Dialogue> capped = dialogues.subList(all.size(), dialogues.size());
        List<Group> groups = new ArrayList<>();
        int from = 0;
        for (Kind kind : kinds) {
            int to = from + kind.scenarios().size();
            groups.add(group(kind.name(), method, asItIs.subList(from, to), capped.subList(from, to)));
            from = to;
        }
        return new CappedDrift(method.settings().direction().site().layer(), groups);
    }

    /** Answers that it takes, unless conversations end early. */
    public static long answers(Method method, List<Kind> kinds) {
        return 2L
                * method.settings().turns()
                * kinds.stream().mapToInt(kind -> kind.scenarios().size()).sum();
    }

    static Group group(String name, Method method, List<Dialogue> asItIs, List<Dialogue> capped) {
        int turns = method.settings().turns();
        List<Course> courses = new ArrayList<>();
        course(PROJECTION, turns, asItIs, capped, turn -> turn.projection().stream()
                        .mapToDouble(projection -> method.baseline().inDeviations(projection.before()))
                        .findFirst())
                .ifPresent(courses::add);
        course(method.gauge().name(), turns, asItIs, capped, turn -> method.gauge()
                        .scorer()
                        .score(Conversation.of(Message.user(turn.user())), turn.assistant()))
                .ifPresent(courses::add);
        return new Group(name, asItIs.size(), courses);
    }

    private static Optional<Course> course(
            String quantity,
            int turns,
            List<Dialogue> asItIs,
            List<Dialogue> capped,
            Function<DriftTurn, OptionalDouble> value) {
        List<Turn> means = new ArrayList<>();
        Optional<Estimate> lastChange = Optional.empty();
        for (int turn = 0; turn < turns; turn++) {
            List<double[]> pairs = new ArrayList<>();
            for (int i = 0; i < asItIs.size(); i++) {
                OptionalDouble before = at(asItIs.get(i), turn, value);
                OptionalDouble after = at(capped.get(i), turn, value);
                if (before.isPresent() && after.isPresent()) {
                    pairs.add(new double[] {before.getAsDouble(), after.getAsDouble()});
                }
            }
            if (pairs.size() > 1) {
                double[] without = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
                double[] with = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
                means.add(new Turn(turn, mean(without), mean(with)));
                lastChange = Optional.of(BOOTSTRAP.difference(without, with));
            }
        }
        return lastChange.map(change -> new Course(quantity, means, change));
    }

    private static OptionalDouble at(Dialogue dialogue, int turn, Function<DriftTurn, OptionalDouble> value) {
        return turn < dialogue.turns().size() ? value.apply(dialogue.turns().get(turn)) : OptionalDouble.empty();
    }

    private static Estimate mean(double[] values) {
        // A pair of a case with itself: the mean of either side is the mean.
        return BOOTSTRAP.ofMeans(values, values, (mean, same) -> mean);
    }

    /** Keeps nothing, and tells of every turn. */
    private record Telling(Runnable onTurn) implements TurnLog {
        @Override
        public List<DriftTurn> recorded(Scenario scenario) {
            return List.of();
        }

        @Override
        public void add(DriftTurn turn) {
            onTurn.run();
        }
    }
}
