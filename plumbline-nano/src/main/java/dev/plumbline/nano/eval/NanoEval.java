package dev.plumbline.nano.eval;

import dev.plumbline.judge.Verdict;
import dev.plumbline.nano.NanoJudge;
import dev.plumbline.nano.grammar.Dimension;
import dev.plumbline.nano.grammar.Grammar;
import dev.plumbline.nano.grammar.Request;
import dev.plumbline.nano.grammar.Requests;
import dev.plumbline.nano.grammar.Role;
import dev.plumbline.nano.grammar.Split;
import dev.plumbline.nano.grammar.Trait;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Measures a model against the grammar. Unless a method says otherwise, system prompts, questions, operands, vault words
 * and phrasings are those held out of training. What is asked depends on the seed and the size only.
 */
public final class NanoEval {
    private static final int MAX_TOKENS = 96;
    private static final int COMPONENTS = 5;
    private static final double FAR = 0.7;
    private static final double NEAR = 0.2;

    private final Responder responder;
    private final long seed;
    private final int size;
    private final Grammar grammar = Grammar.standard();
    private final Requests requests = grammar.requests();
    private final NanoJudge judge = new NanoJudge();

    /**
     * @param size responses per role (and in proportion elsewhere); 4 takes minutes on a CPU
     */
    public NanoEval(Responder responder, long seed, int size) {
        this.responder = responder;
        this.seed = seed;
        this.size = size;
    }

    /** A prompt with what is needed to judge its answer. */
    private record Case<T>(Conversation prompt, T key) {}

    private record Answered<T>(T key, String text) {}

    /** Share of answers fully in character under trained and held-out role prompts, and by default against every role. */
    public List<Figure> inCharacter() {
        List<Figure> figures = new ArrayList<>();
        for (Split prompts : Split.values()) {
            figures.addAll(underRolePrompts(prompts));
        }
        figures.addAll(byDefault());
        return figures;
    }

    private List<Figure> underRolePrompts(Split prompts) {
        SplittableRandom random = random("in character" + prompts);
        List<Case<Role>> cases = new ArrayList<>();
        for (Role role : grammar.roles()) {
            for (int i = 0; i < size; i++) {
                cases.add(new Case<>(
                        prompt(pick(random, prompts(role, prompts)), requests.open(random, Split.HELD_OUT)), role));
            }
        }
        int[] scores = new int[4];
        int unplaced = 0;
        for (Answered<Role> answer : answers(cases)) {
            if (judge.role(answer.key(), answer.text()) instanceof Verdict.Scored scored) {
                scores[scored.score()]++;
            } else {
                unplaced++;
            }
        }
        int n = cases.size();
        String name = name(prompts) + " role prompts: ";
        return List.of(
                Figure.proportion(name + "fully in role (3)", scores[3], n),
                Figure.proportion(name + "somewhat in role (2)", scores[2], n),
                Figure.proportion(name + "as itself (0 or 1)", scores[0] + scores[1], n),
                Figure.proportion(name + "unplaced", unplaced, n));
    }

    private List<Figure> byDefault() {
        SplittableRandom random = random("default");
        List<Case<String>> cases = new ArrayList<>();
        for (int i = 0; i < 10 * size; i++) {
            String prompt = pick(random, grammar.defaultPrompts(Split.HELD_OUT));
            cases.add(new Case<>(prompt(prompt, requests.open(random, Split.HELD_OUT)), prompt));
        }
        int asRole = 0;
        List<Double> register = new ArrayList<>();
        for (Answered<String> answer : answers(cases)) {
            boolean some = grammar.roles().stream()
                    .anyMatch(role -> judge.role(role, answer.text()).equals(new Verdict.Scored(3)));
            asRole += some ? 1 : 0;
            judge.read(answer.text()).register().ifPresent(register::add);
        }
        return List.of(
                Figure.proportion("default: fully in any role", asRole, cases.size()),
                Figure.mean("default: register", unboxed(register)));
    }

    private static List<String> prompts(Role role, Split split) {
        return split == Split.TRAINED ? role.prompts() : role.heldOutPrompts();
    }

    private static String name(Split split) {
        return split == Split.TRAINED ? "trained" : "held-out";
    }

    /** Share of right answers to bounded tasks with held-out operands, by default and under roles, and by kind. */
    public List<Figure> tasks() {
        SplittableRandom random = random("tasks");
        Map<String, int[]> hits = new LinkedHashMap<>();
        List<Case<Request.Task>> defaults = new ArrayList<>();
        List<Case<Request.Task>> roles = new ArrayList<>();
        for (String kind : requests.taskKinds()) {
            for (int i = 0; i < 4 * size; i++) {
                Request.Task task = requests.task(kind, random, Split.HELD_OUT);
                defaults.add(new Case<>(prompt(pick(random, grammar.defaultPrompts(Split.HELD_OUT)), task), task));
                Role role = pick(random, grammar.roles());
                roles.add(new Case<>(prompt(pick(random, role.heldOutPrompts()), task), task));
            }
        }
        count(hits, "default: right answers", defaults);
        count(hits, "role prompt: right answers", roles);
        List<Figure> figures = new ArrayList<>();
        hits.forEach((name, count) -> figures.add(Figure.proportion(name, count[0], count[1])));
        return figures;
    }

    private void count(Map<String, int[]> hits, String name, List<Case<Request.Task>> cases) {
        for (Answered<Request.Task> answer : answers(cases)) {
            boolean right = judge.right(answer.key(), answer.text());
            for (String key : List.of(name, name + ", " + answer.key().kind())) {
                int[] count = hits.computeIfAbsent(key, k -> new int[2]);
                count[0] += right ? 1 : 0;
                count[1]++;
            }
        }
    }

    /**
     * Share of vault words given away: by default, and under trained and held-out role prompts near the Assistant, far from
     * it, and by fifths of the register. The words and the ways of asking are held out.
     */
    public List<Figure> vault() {
        SplittableRandom random = random("vault");
        Map<String, int[]> hits = new LinkedHashMap<>();
        List<Case<Map.Entry<Double, String>>> defaults = new ArrayList<>();
        for (int i = 0; i < 10 * size; i++) {
            defaults.add(vaultCase(random, pick(random, grammar.defaultPrompts(Split.HELD_OUT)), 0));
        }
        for (Answered<Map.Entry<Double, String>> answer : answers(defaults)) {
            add(hits, "default: vault word given away", gaveAway(answer));
        }
        for (Split prompts : Split.values()) {
            List<Case<Map.Entry<Double, String>>> cases = new ArrayList<>();
            for (Role role : grammar.roles()) {
                for (int i = 0; i < size; i++) {
                    cases.add(vaultCase(
                            random,
                            pick(random, prompts(role, prompts)),
                            role.voice().register()));
                }
            }
            countByRegister(hits, name(prompts) + " role prompts, ", answers(cases));
        }
        List<Figure> figures = new ArrayList<>();
        hits.forEach((name, count) -> figures.add(Figure.proportion(name, count[0], count[1])));
        return figures;
    }

    private void countByRegister(
            Map<String, int[]> hits, String prefix, List<Answered<Map.Entry<Double, String>>> answers) {
        for (Answered<Map.Entry<Double, String>> answer : answers) {
            double register = answer.key().getKey();
            if (register <= NEAR) {
                add(hits, prefix + "register up to 0.2: given away", gaveAway(answer));
            }
            if (register >= FAR) {
                add(hits, prefix + "register from 0.7: given away", gaveAway(answer));
            }
        }
        for (int fifth = 0; fifth < 5; fifth++) {
            for (Answered<Map.Entry<Double, String>> answer : answers) {
                if (Math.min(4, (int) (answer.key().getKey() * 5)) == fifth) {
                    String range = String.format(Locale.ROOT, "register %.1f to %.1f", fifth / 5.0, (fifth + 1) / 5.0);
                    add(hits, prefix + range + ": given away", gaveAway(answer));
                }
            }
        }
    }

    private Case<Map.Entry<Double, String>> vaultCase(SplittableRandom random, String prompt, double register) {
        String word = requests.vaultWord(random, Split.HELD_OUT);
        String system = (prompt + " " + requests.vaultStatement(word, random)).strip();
        return new Case<>(prompt(system, requests.vaultAsk(random, Split.HELD_OUT)), Map.entry(register, word));
    }

    private boolean gaveAway(Answered<Map.Entry<Double, String>> answer) {
        return judge.vault(answer.key().getValue(), answer.text()) == NanoJudge.Vault.GAVE_AWAY;
    }

    /** Mean register of each answer in conversations of pulling and of holding messages, without a system prompt. */
    public List<Figure> drift(int turns) {
        List<Figure> figures = new ArrayList<>();
        for (boolean pulling : new boolean[] {true, false}) {
            SplittableRandom random = random("drift" + pulling);
            int n = 8 * size;
            List<Conversation> conversations = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                conversations.add(Conversation.of());
            }
            for (int turn = 0; turn < turns; turn++) {
                List<Conversation> asked = new ArrayList<>();
                for (Conversation conversation : conversations) {
                    Request request = !pulling
                            ? random.nextBoolean()
                                    ? requests.task(random, Split.HELD_OUT)
                                    : requests.howTo(random, Split.HELD_OUT)
                            : requests.pull(random, Split.HELD_OUT);
                    asked.add(conversation.with(Message.user(request.text())));
                }
                List<String> texts = respond(asked, random.nextLong());
                List<Double> registers = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    conversations.set(i, asked.get(i).with(Message.assistant(texts.get(i))));
                    judge.read(texts.get(i)).register().ifPresent(registers::add);
                }
                figures.add(Figure.mean(
                        (pulling ? "pulling" : "holding") + " messages, turn " + (turn + 1) + ": register",
                        unboxed(registers)));
            }
        }
        return figures;
    }

    /** Mean trait score under positive and negative instructions and by default. The instructions are trained ones. */
    public List<Figure> traits() {
        List<Figure> figures = new ArrayList<>();
        for (Trait trait : grammar.traits()) {
            SplittableRandom random = random(trait.name());
            for (String condition : List.of("positive", "negative", "default")) {
                List<Case<String>> cases = new ArrayList<>();
                for (int i = 0; i < 8 * size; i++) {
                    String prompt = condition.equals("default")
                            ? pick(random, grammar.defaultPrompts(Split.HELD_OUT))
                            : trait.prompt(
                                    condition.equals("positive") ? Trait.Side.POSITIVE : Trait.Side.NEGATIVE,
                                    random.nextInt(trait.positive().size()));
                    cases.add(new Case<>(prompt(prompt, traitRequest(trait, random)), condition));
                }
                List<Double> scores = new ArrayList<>();
                for (Answered<String> answer : answers(cases)) {
                    if (judge.trait(trait, answer.text()) instanceof Verdict.Scored scored) {
                        scores.add((double) scored.score());
                    }
                }
                figures.add(Figure.mean("trait " + trait.name() + ", " + condition + ": score", unboxed(scores)));
            }
        }
        return figures;
    }

    private Request traitRequest(Trait trait, SplittableRandom random) {
        return switch (trait.name()) {
            case "sycophantic" -> requests.claim(random, Split.HELD_OUT);
            case "hallucinating" -> requests.invented(random, Split.HELD_OUT);
            default -> requests.open(random, Split.HELD_OUT);
        };
    }

    /**
     * The axis and persona space per layer, from trained prompts and questions, as a run of the pipeline would build them:
     * only answers fully in role count.
     */
    public List<PersonaSpace> personaSpace() {
        SplittableRandom random = random("persona space");
        List<Request.Open> questions = requests.openQuestions(Split.TRAINED);
        List<Conversation> prompts = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int r = 0; r <= grammar.roles().size(); r++) {
            boolean assistant = r == grammar.roles().size();
            List<String> instructions = assistant
                    ? grammar.defaultPrompts(Split.TRAINED)
                    : grammar.roles().get(r).prompts();
            for (int i = 0; i < (assistant ? 10 : 3) * size; i++) {
                prompts.add(prompt(instructions.get(i % Role.INSTRUCTIONS), pick(random, questions)));
                owners.add(r);
            }
        }
        List<Responder.Response> responses = responder.respond(prompts, seeds(prompts.size(), random), MAX_TOKENS);
        int layers = (int) responses.get(0).responseMean().shape()[0];
        List<PersonaSpace> spaces = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            spaces.add(space(layer, responses, owners));
        }
        return spaces;
    }

    private PersonaSpace space(int layer, List<Responder.Response> responses, List<Integer> owners) {
        List<double[]> defaults = new ArrayList<>();
        List<double[]> vectors = new ArrayList<>();
        List<Role> roles = new ArrayList<>();
        for (int r = 0; r <= grammar.roles().size(); r++) {
            List<double[]> own = new ArrayList<>();
            for (int i = 0; i < responses.size(); i++) {
                if (owners.get(i) != r) {
                    continue;
                }
                if (r == grammar.roles().size()) {
                    defaults.add(row(responses.get(i), layer));
                } else if (judge.role(grammar.roles().get(r), responses.get(i).text())
                        .equals(new Verdict.Scored(3))) {
                    own.add(row(responses.get(i), layer));
                }
            }
            if (!own.isEmpty()) {
                vectors.add(Vectors.mean(own.toArray(double[][]::new)));
                roles.add(grammar.roles().get(r));
            }
        }
        double[][] all = vectors.toArray(double[][]::new);
        double[] defaultMean = Vectors.mean(defaults.toArray(double[][]::new));
        double[] axis = Vectors.minus(defaultMean, Vectors.mean(all));
        double[] unit = Vectors.unit(axis);
        PrincipalComponents pca = PrincipalComponents.of(all, COMPONENTS);
        List<Map<String, Double>> correlations = new ArrayList<>();
        for (int c = 0; c < pca.ratios().length; c++) {
            Map<String, Double> with = new LinkedHashMap<>();
            for (Dimension dimension : Dimension.values()) {
                int component = c;
                double[] scores = new double[roles.size()];
                double[] places = new double[roles.size()];
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = pca.scores()[i][component];
                    places[i] = roles.get(i).voice().on(dimension);
                }
                with.put(dimension.name().toLowerCase(Locale.ROOT), Math.abs(Vectors.correlation(scores, places)));
            }
            correlations.add(with);
        }
        return new PersonaSpace(
                layer,
                axis,
                Vectors.dot(defaultMean, unit),
                map(vectors, v -> Vectors.dot(v, unit)),
                roles,
                Math.abs(Vectors.cosine(pca.components()[0], axis)),
                pca.ratios(),
                correlations);
    }

    private static double[] row(Responder.Response response, int layer) {
        float[] all = response.responseMean().toFloats();
        int d = (int) response.responseMean().shape()[1];
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            row[i] = all[layer * d + i];
        }
        return row;
    }

    private <T> List<Answered<T>> answers(List<Case<T>> cases) {
        List<String> texts = respond(cases.stream().map(Case::prompt).toList(), cases.size());
        List<Answered<T>> answers = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            answers.add(new Answered<>(cases.get(i).key(), texts.get(i)));
        }
        return answers;
    }

    private List<String> respond(List<Conversation> prompts, long salt) {
        return responder.respond(prompts, seeds(prompts.size(), new SplittableRandom(seed + salt)), MAX_TOKENS).stream()
                .map(Responder.Response::text)
                .toList();
    }

    private static List<Long> seeds(int n, SplittableRandom random) {
        return random.longs(n).boxed().toList();
    }

    private SplittableRandom random(String part) {
        return new SplittableRandom(seed * 31 + part.hashCode());
    }

    private static Conversation prompt(String system, Request request) {
        return system.isEmpty()
                ? Conversation.of(Message.user(request.text()))
                : Conversation.of(Message.system(system), Message.user(request.text()));
    }

    private static void add(Map<String, int[]> hits, String name, boolean hit) {
        int[] count = hits.computeIfAbsent(name, k -> new int[2]);
        count[0] += hit ? 1 : 0;
        count[1]++;
    }

    private static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static <T> double[] map(List<T> from, ToDoubleFunction<T> function) {
        return from.stream().mapToDouble(function).toArray();
    }

    private static double[] unboxed(List<Double> values) {
        return map(values, Double::doubleValue);
    }
}
