package dev.plumbline.drift;

import com.google.errorprone.annotations.MustBeClosed;
import dev.plumbline.pipeline.ModelName;
import dev.plumbline.pipeline.RunLayout;
import dev.plumbline.pipeline.RunLock;
import dev.plumbline.pipeline.RunManifest;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.TreatmentDigest;
import dev.plumbline.transcript.TranscriptFile;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Conversations in a directory: {@code turns.jsonl}, where every turn is on the device as soon as it is finished, {@code
 * manifest.json}, by which a changed parameter is noticed, and, at the end, {@code conversations/<id>.json}, each a
 * transcript as the reference writes them. The same call goes on where an earlier one was stopped; more scenarios or turns
 * may be asked for than before.
 */
public final class DriftRun implements AutoCloseable {

    private final RunLayout layout;
    private final RunLock lock;
    private final ModelName model;
    private final Auditor auditor;
    private final DriftSettings settings;
    private final Treatment treatment;

    private DriftRun(
            RunLayout layout,
            RunLock lock,
            ModelName model,
            Auditor auditor,
            DriftSettings settings,
            Treatment treatment) {
        this.layout = layout;
        this.lock = lock;
        this.model = model;
        this.auditor = auditor;
        this.settings = settings;
        this.treatment = treatment;
    }

    /**
     * Takes a directory, which may be new.
     *
     * @param treatment what is done to the model while it answers
     * @throws dev.plumbline.pipeline.PipelineException if another process has it
     * @throws dev.plumbline.pipeline.ParameterMismatchException if it was made with other parameters
     */
    @MustBeClosed
    public static DriftRun open(
            Path directory, ModelName model, Auditor auditor, DriftSettings settings, Treatment treatment) {
        RunLayout layout = new RunLayout(directory);
        RunLock lock = RunLock.acquire(layout);
        try {
            new RunManifest(layout).claim("drift", parameters(model, auditor, settings, treatment));
            return new DriftRun(layout, lock, model, auditor, settings, treatment);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static SortedMap<String, String> parameters(
            ModelName model, Auditor auditor, DriftSettings settings, Treatment treatment) {
        SortedMap<String, String> parameters = model.parameters(settings.sampling());
        parameters.putAll(auditor.parameters());
        parameters.put("seed", Long.toString(settings.seed()));
        parameters.put("layer", Integer.toString(settings.direction().site().layer()));
        parameters.put("direction", TreatmentDigest.of(settings.direction()));
        parameters.put("treatment", TreatmentDigest.of(treatment));
        return parameters;
    }

    /**
     * Holds a conversation for each scenario, as far as that has not been done.
     *
     * @param onTurn told of every new turn, when it is kept
     * @return in the order of the scenarios
     * @throws InterruptedException if the thread was interrupted; finished turns are kept
     */
    public List<Dialogue> hold(List<Scenario> scenarios, Consumer<DriftTurn> onTurn) throws InterruptedException {
        SortedMap<String, String> said = new TreeMap<>();
        scenarios.forEach(scenario -> said.put(
                scenario.id(), scenario.persona() + " | " + scenario.topic() + " | " + scenario.systemPrompt()));
        new RunManifest(layout).claimEach("scenario", said);
        TurnsFile file = new TurnsFile(turns(layout.root()));
        List<Dialogue> dialogues = new DriftSimulator(model.model(), auditor, settings)
                .run(scenarios, treatment.plan(), new TurnLog() {
                    @Override
                    public List<DriftTurn> recorded(Scenario scenario) {
                        return file.recorded(scenario);
                    }

                    @Override
                    public void add(DriftTurn turn) {
                        file.add(turn);
                        onTurn.accept(turn);
                    }
                });
        for (Dialogue dialogue : dialogues) {
            TranscriptFile.write(
                    conversations(layout.root()).resolve(dialogue.scenario().id() + ".json"),
                    dialogue.transcript(model.name(), auditor.name()));
        }
        return dialogues;
    }

    /** How many turns of these scenarios are there already. */
    public int recordedTurns(List<Scenario> scenarios) {
        TurnsFile file = new TurnsFile(turns(layout.root()));
        return scenarios.stream()
                .mapToInt(scenario ->
                        Math.min(settings.turns(), file.recorded(scenario).size()))
                .sum();
    }

    static Path turns(Path directory) {
        return directory.resolve("turns.jsonl");
    }

    static Path conversations(Path directory) {
        return directory.resolve("conversations");
    }

    @Override
    public void close() {
        lock.close();
    }
}
