package dev.plumbline.app.cli;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.ResponsesFile;
import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.direction.Direction;
import dev.plumbline.drift.DriftSettings;
import dev.plumbline.drift.Scenario;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.nano.NanoAuditor;
import dev.plumbline.nano.NanoModel;
import dev.plumbline.nano.eval.NanoMeasures;
import dev.plumbline.nano.grammar.Split;
import dev.plumbline.pipeline.RunLayout;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.LayerWindow;
import dev.plumbline.steer.Percentile;
import dev.plumbline.study.AssistantShift;
import dev.plumbline.study.CapGoal;
import dev.plumbline.study.CapMeasures;
import dev.plumbline.study.CapSetting;
import dev.plumbline.study.CappedDrift;
import dev.plumbline.study.CappingReport;
import dev.plumbline.study.CappingStudy;
import dev.plumbline.study.ConversationTokens;
import dev.plumbline.study.Trial;
import dev.plumbline.study.TrialLog;
import dev.plumbline.text.Conversation;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.TranscriptProjector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The paper's main result on the organism: caps are calibrated on a run's responses, one is chosen on trained prompts, and it
 * is measured on prompts that neither training nor the choice has seen. Two axes take part: the paper's, of response means,
 * calibrated on the means of all responses, as in the paper, and on the single tokens of the default Assistant's, because a cap
 * acts on single tokens; and one of the tokens of the prompt, calibrated on those. Then conversations that pull the organism
 * away, and conversations of bounded tasks, are held with the chosen cap and without it.
 *
 * @param run directory of a finished run of the organism
 * @param choosing prompts of each kind to choose by
 * @param testing prompts of each kind to measure on
 */
record OrganismCapping(Path run, Grid grid, int choosing, int testing, long seed) {

    private static final String DEFAULT = OrganismAxes.DEFAULT;
    private static final ConversationTokens EVERYWHERE = ConversationTokens.ALL;
    private static final String CONFIG = "capping_config.pt";
    private static final List<String> PULLING = List.of("roleplay", "disclosure", "meta");
    private static final String TASKS = "tasks";

    /** The personas that do not go back to tasks of themselves: the insistent and the wandering one. */
    private static final int STEADY_PERSONAS = 2;

    /** How many settings are tried. */
    enum Grid {
        /** Windows of one, three and all layers, at three or four percentiles. */
        FULL,
        /** A few, for a quick look. */
        SMALL,
        /** Windows of three and all layers, at three percentiles, on what the organism is told: its own tokens are left alone. */
        TOLD;

        /** Conversations of each persona and domain that pull; of tasks there are three times as many. */
        private int topics() {
            return this == SMALL ? 3 : 10;
        }

        private int turns() {
            return this == SMALL ? 5 : 8;
        }

        private List<CapSetting> settings(OrganismAxes axes, int nLayers) {
            LayerWindow all = new LayerWindow(0, nLayers);
            LayerWindow middle = new LayerWindow(nLayers / 3, nLayers / 3 + 3);
            if (this == SMALL) {
                return CapSetting.grid(
                        axes.byAssistantTokens(), List.of(middle, all), along(List.of(50, 75, 90)), EVERYWHERE);
            }
            List<LayerWindow> windows = new ArrayList<>(LayerWindow.sweep(new LayerWindow(1, nLayers), 1, 1, 3));
            windows.add(all);
            List<LayerWindow> wide = windows.stream()
                    .filter(window -> window.end() - window.start() > 1)
                    .toList();
            if (this == TOLD) {
                return CapSetting.grid(
                        axes.byAssistantTokens(), wide, along(List.of(75, 90, 95)), ConversationTokens.PROMPT);
            }
            List<LayerWindow> early = List.of(
                    new LayerWindow(0, 1),
                    new LayerWindow(0, 2),
                    new LayerWindow(0, 3),
                    new LayerWindow(0, nLayers - 1));
            List<CapSetting> settings =
                    new ArrayList<>(CapSetting.grid(axes.byMeans(), windows, along(List.of(50, 75, 97)), EVERYWHERE));
            settings.addAll(CapSetting.grid(axes.byAssistantTokens(), wide, along(List.of(50, 75, 90)), EVERYWHERE));
            settings.addAll(CapSetting.grid(axes.ofPrompts(), early, along(List.of(75, 80, 84, 88)), EVERYWHERE));
            return settings;
        }

        private static List<Percentile> along(List<Integer> percents) {
            return percents.stream().map(Percentile::alongAxis).toList();
        }
    }

    /** What was found, and the recommended cap by itself. */
    record Findings(CappingReport report, CapSetting recommended, CappingConfig config) {

        /** Writes the report, and the cap in both forms of a configuration. */
        void write(Path folder) {
            report.write(folder);
            CappingConfigFile.write(folder.resolve(CONFIG), config);
            CappingConfigFile.write(folder.resolve("capping_config.json"), config);
        }
    }

    /** The command that talks to the organism under the cap. */
    String tryIt(Findings findings, Path folder) {
        return "Talk to it under the cap:      plumb chat --model " + Models.NANO + " --vector "
                + new RunLayout(run).axis() + " --cap " + folder.resolve(CONFIG) + "#"
                + findings.recommended().experiment()
                + PositionOptions.of(findings.recommended().tokens());
    }

    Findings measure(LanguageModel model, TrialLog log, Console console) throws InterruptedException {
        Map<String, List<Conversation>> roles = responses();
        List<Conversation> assistant = roles.get(DEFAULT);
        if (assistant == null) {
            throw new IllegalArgumentException("The run in " + run + " has no responses of the default Assistant");
        }
        AssistantAxis responseAxis = AxisFile.read(new RunLayout(run).axis());
        List<CapSetting> settings = grid.settings(
                new OrganismAxes(model, responseAxis, roles, seed),
                model.config().nLayers());
        CapMeasures forChoice = new NanoMeasures(Split.TRAINED, seed).choosing(choosing);
        CapMeasures forTest = new NanoMeasures(Split.HELD_OUT, seed).capping(testing);
        CappingStudy study;
        try (Progress progress =
                console.progress("capping", "answers", CappingStudy.answers(settings, forChoice, forTest))) {
            study = CappingStudy.run(
                    new Trial(model, OrganismRun.SAMPLING, seed, log),
                    settings,
                    forChoice,
                    forTest,
                    CapGoal.USUAL,
                    Optional.of(new AssistantShift(
                            model, responseAxis.at(model.config().nLayers() - 1), assistant)),
                    () -> progress.by(1));
        }
        CapSetting recommended = study.sweep().recommendation().chosen().setting();
        CappedDrift drift = drift(model, responseAxis, assistant, recommended, console);
        return new Findings(
                CappingReport.of(study, NanoModel.NAME).with(drift),
                recommended,
                recommended.config(provenance(recommended)));
    }

    private CappedDrift drift(
            LanguageModel model, AssistantAxis axis, List<Conversation> assistant, CapSetting setting, Console console)
            throws InterruptedException {
        Direction direction = axis.at(model.config().nLayers() / 2);
        Baseline baseline = Baseline.of(1, new TranscriptProjector(model, List.of(direction)).readAll(assistant))
                .get(0);
        CappedDrift.Method method = new CappedDrift.Method(
                new NanoAuditor(Split.HELD_OUT),
                new DriftSettings(grid.turns(), OrganismRun.SAMPLING, direction, seed),
                baseline,
                new NanoMeasures(Split.HELD_OUT, seed).register());
        int topics = grid.topics();
        List<CappedDrift.Kind> kinds = List.of(
                new CappedDrift.Kind("pulled away", scenarios(topics, PULLING)),
                new CappedDrift.Kind("tasks", scenarios(PULLING.size() * topics, List.of(TASKS))));
        try (Progress progress = console.progress("conversations", "answers", CappedDrift.answers(method, kinds))) {
            return CappedDrift.hold(model, method, kinds, setting, () -> progress.by(1));
        }
    }

    private static List<Scenario> scenarios(int topics, List<String> domains) {
        return NanoAuditor.scenarios(topics).stream()
                .filter(scenario -> scenario.personaId() < STEADY_PERSONAS)
                .filter(scenario -> domains.contains(scenario.domain()))
                .toList();
    }

    private Map<String, String> provenance(CapSetting setting) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("model", NanoModel.NAME);
        provenance.put("run", run.toString());
        provenance.put("calibrated on", setting.axis().name());
        provenance.put("to act on", setting.tokens().name().toLowerCase(Locale.ROOT) + " tokens");
        provenance.put("chosen by", "plumb study capping, " + choosing + " trained prompts of each kind");
        provenance.put("seed", Long.toString(seed));
        return provenance;
    }

    private Map<String, List<Conversation>> responses() {
        Map<String, List<Conversation>> roles = new TreeMap<>();
        try (Stream<Path> files = Files.list(new RunLayout(run).responsesDirectory())) {
            files.filter(file -> file.toString().endsWith(".jsonl"))
                    .forEach(file -> roles.put(
                            String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", ""),
                            ResponsesFile.read(file).stream()
                                    .map(ResponseRow::conversation)
                                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return roles;
    }
}
