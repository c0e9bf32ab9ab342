package dev.plumbline.app.cli;

import dev.plumbline.direction.AssistantAxis;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.statistics.QuantileSketch;
import dev.plumbline.steer.ProjectionPopulation;
import dev.plumbline.study.CalibratedAxis;
import dev.plumbline.study.ConversationTokens;
import dev.plumbline.study.PopulationReader;
import dev.plumbline.study.TokenAxis;
import dev.plumbline.text.Conversation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The axes of a run of the organism, each with what thresholds are read off. Each is computed when it is asked for, as most of
 * them read every conversation of the run.
 *
 * @param responseAxis the paper's, of response means
 * @param conversations of every role, and of {@link #DEFAULT}
 */
record OrganismAxes(
        LanguageModel model, AssistantAxis responseAxis, Map<String, List<Conversation>> conversations, long seed) {

    /** The default Assistant's name among the roles. */
    static final String DEFAULT = "default";

    /** The response axis by the means of all responses, as in the paper. */
    CalibratedAxis byMeans() {
        ProjectionPopulation population = population(responseAxis);
        PopulationReader.ofMeans(model, responseAxis, ConversationTokens.RESPONSE)
                .read(all(), population, () -> {});
        return new CalibratedAxis("response axis", population.calibration());
    }

    /** The response axis by the single tokens of the default Assistant's responses. */
    CalibratedAxis byAssistantTokens() {
        ProjectionPopulation population = population(responseAxis);
        PopulationReader.ofTokens(model, responseAxis, ConversationTokens.RESPONSE)
                .read(assistant(), population, () -> {});
        return new CalibratedAxis("response axis by Assistant's tokens", population.calibration());
    }

    /** An axis of the tokens of the prompt, by those. */
    CalibratedAxis ofPrompts() {
        Map<String, List<Conversation>> roles = new TreeMap<>(conversations);
        roles.remove(DEFAULT);
        AssistantAxis axis = TokenAxis.measure(model, assistant(), roles, ConversationTokens.PROMPT);
        ProjectionPopulation population = population(axis);
        PopulationReader.ofTokens(model, axis, ConversationTokens.PROMPT).read(all(), population, () -> {});
        return new CalibratedAxis("prompt axis", population.calibration());
    }

    private List<Conversation> assistant() {
        return conversations.getOrDefault(DEFAULT, List.of());
    }

    private List<Conversation> all() {
        return conversations.values().stream().flatMap(List::stream).toList();
    }

    private ProjectionPopulation population(AssistantAxis axis) {
        return new ProjectionPopulation(axis, QuantileSketch.DEFAULT_SIZE, seed);
    }
}
