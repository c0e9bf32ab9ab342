package dev.plumbline.study;

import dev.plumbline.pipeline.Digest;
import dev.plumbline.report.CaptionedFigure;
import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.steer.Treatment;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * The same prompts under a treatment of growing strength: how effect and coherence, or the labels of answers, change with
 * the coefficient of steering.
 *
 * @param strengths ascending, 0 among them
 * @param gauges what is told of the answers
 * @param answers for each strength, one per prompt
 * @param levels for each gauge, one per strength
 * @param changes for each gauge, one per strength: the paired difference from strength 0
 */
public record DoseResponse(
        List<Double> strengths,
        List<Gauge> gauges,
        List<List<String>> answers,
        List<List<Estimate>> levels,
        List<List<Estimate>> changes) {

    public DoseResponse {
        strengths = List.copyOf(strengths);
        gauges = List.copyOf(gauges);
        answers = answers.stream().map(List::copyOf).toList();
        levels = levels.stream().map(List::copyOf).toList();
        changes = changes.stream().map(List::copyOf).toList();
    }

    /**
     * Asks every prompt once at each strength, with the same seed.
     *
     * @param treatment of a strength other than 0, at which nothing is done
     * @param strengths in any order; 0 is added
     * @param onAnswer called after each answer, of which there are prompts × strengths
     */
    public static DoseResponse run(
            Trial trial,
            DoubleFunction<Treatment> treatment,
            List<Double> strengths,
            List<Conversation> prompts,
            List<Gauge> gauges,
            Runnable onAnswer) {
        List<Double> ascending = withZero(strengths);
        List<Arm> arms = arms(ascending, treatment);
        Measure asked = unscored("answers", Measure.Scale.NUMBER, prompts);
        TrialResult result = trial.run(List.of(asked), arms, onAnswer);
        return told(
                trial.log(),
                ascending,
                arms,
                prompts,
                arms.stream().map(arm -> result.answers(arm, asked)).toList(),
                gauges);
    }

    /**
     * As {@link #run}, with beginnings that are gone on with outside of any chat in place of prompts. Gauges see them as what
     * a user said, and the completion as the answer.
     *
     * @param prefills as {@link Completion#of} takes them
     * @param each completions of each beginning
     * @param onAnswer called after each completion, of which there are prefills × each × strengths
     */
    public static DoseResponse complete(
            Trial trial,
            DoubleFunction<Treatment> treatment,
            List<Double> strengths,
            List<String> prefills,
            int each,
            List<Gauge> gauges,
            Runnable onAnswer) {
        List<Double> ascending = withZero(strengths);
        List<Arm> arms = arms(ascending, treatment);
        List<List<String>> texts = new ArrayList<>();
        for (Arm arm : arms) {
            texts.add(trial.completions(prefills, each, arm.treatment(), onAnswer));
        }
        return told(trial.log(), ascending, arms, conversations(prefills, each), texts, gauges);
    }

    /** The prompts of {@link #complete}, as gauges and reports see them. */
    public static List<Conversation> conversations(List<String> prefills, int each) {
        return prefills.stream()
                .flatMap(prefill -> Collections.nCopies(each, Conversation.of(Message.user(prefill))).stream())
                .toList();
    }

    private static List<Double> withZero(List<Double> strengths) {
        List<Double> all = new ArrayList<>(strengths);
        all.add(0.0);
        return all.stream().map(strength -> strength + 0.0).sorted().distinct().toList();
    }

    private static List<Arm> arms(List<Double> strengths, DoubleFunction<Treatment> treatment) {
        return strengths.stream()
                .map(strength -> new Arm(
                        Double.toString(strength), strength == 0 ? Treatment.none() : treatment.apply(strength)))
                .toList();
    }

    private static Measure unscored(String name, Measure.Scale scale, List<Conversation> prompts) {
        return new Measure(
                name,
                scale,
                prompts.stream()
                        .map(prompt -> new Probe(prompt, answer -> OptionalDouble.empty()))
                        .toList());
    }

    /** What the gauges tell of answers, with strength 0 as the baseline. */
    private static DoseResponse told(
            TrialLog log,
            List<Double> strengths,
            List<Arm> arms,
            List<Conversation> prompts,
            List<List<String>> answers,
            List<Gauge> gauges) {
        int zero = strengths.indexOf(0.0);
        List<Integer> baselineFirst = new ArrayList<>(List.of(zero));
        IntStream.range(0, arms.size()).filter(a -> a != zero).forEach(baselineFirst::add);
        List<List<Estimate>> levels = new ArrayList<>();
        List<List<Estimate>> changes = new ArrayList<>();
        for (Gauge gauge : gauges) {
            Measure measure = unscored(gauge.name(), gauge.scale(), prompts);
            TrialResult scored = new TrialResult(
                    List.of(measure),
                    baselineFirst.stream().map(arms::get).toList(),
                    baselineFirst.stream()
                            .map(a -> List.of(scored(log, gauge, prompts, answers.get(a))))
                            .toList());
            levels.add(arms.stream().map(arm -> scored.level(arm, measure)).toList());
            changes.add(arms.stream().map(arm -> scored.change(arm, measure)).toList());
        }
        return new DoseResponse(strengths, gauges, answers, levels, changes);
    }

    private static Answers scored(TrialLog log, Gauge gauge, List<Conversation> prompts, List<String> texts) {
        List<String> parts = new ArrayList<>(List.of("gauge", gauge.name()));
        List<Callable<OptionalDouble>> scorings = new ArrayList<>();
        for (int p = 0; p < texts.size(); p++) {
            Conversation prompt = prompts.get(p);
            String text = texts.get(p);
            parts.add(prompt.messages() + " " + text);
            scorings.add(() -> gauge.scorer().score(prompt, text));
        }
        return log.recall(Digest.of(parts), () -> new Answers(List.of(), Scoring.of(scorings), Touch.NONE));
    }

    /** The levels over strength, a line with its band for each gauge of a scale. */
    public CaptionedFigure figure(Measure.Scale scale, String slug, String title, String strengthLabel) {
        List<LineChart.Series> series = new ArrayList<>();
        for (int g = 0; g < gauges.size(); g++) {
            if (gauges.get(g).scale() == scale) {
                series.add(new LineChart.Series(
                        gauges.get(g).name(),
                        strengths,
                        levels.get(g).stream()
                                .map(level -> new dev.plumbline.report.figure.Estimate(
                                        level.value(), level.low(), level.high()))
                                .toList()));
            }
        }
        return new CaptionedFigure(
                slug,
                LineChart.of(title, strengthLabel, valueLabel(scale), series).withVertical(new Guide(0, "not steered")),
                "The same prompts with the same seeds at every strength; bands are 95 % intervals.");
    }

    /** What is drawn upward: by its name where it is alone and the figure has no legend. */
    private String valueLabel(Measure.Scale scale) {
        String all = scale == Measure.Scale.SHARE ? "Share of answers" : "Mean score";
        List<Gauge> drawn =
                gauges.stream().filter(gauge -> gauge.scale() == scale).toList();
        return drawn.size() == 1 ? all + ": " + drawn.get(0).name() : all;
    }
}
