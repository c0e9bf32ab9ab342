package dev.plumbline.pipeline;

import dev.plumbline.artifact.ResponseRow;
import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.generate.RolloutRequest;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every rollout of a run in one fixed order (role, prompt, question), and its cut into chunks. It is a function of the
 * run's parameters alone, so a chunk holds the same rollouts whatever was done before: two runs that batch a chunk in one
 * call of the engine compute the same numbers, even where floating point depends on the batch.
 */
final class RolloutPlan {

    private static final String LABEL = "pos";

    /** All questions under one instruction of one role. */
    private record Block(RoleFile role, int prompt, String instruction, List<String> questions, long start) {}

    /** One rollout: its name, and what is asked. */
    record Planned(String role, RolloutKey key, String systemPrompt, String question, RolloutRequest request) {

        /** The finished row, once the response is known. */
        ResponseRow answered(String response) {
            return new ResponseRow(key, systemPrompt, question, request.prompt().with(Message.assistant(response)));
        }
    }

    private final PipelineOptions options;
    private final boolean systemMessages;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final long size;

    /** @param systemMessages whether the model's template has a place for a system message */
    RolloutPlan(PipelineOptions options, boolean systemMessages) {
        this.options = options;
        this.systemMessages = systemMessages;
        long start = 0;
        for (RoleFile role : options.roles()) {
            List<String> questions = options.questionsFor(role);
            for (int prompt : options.promptsOf(role)) {
                String instruction = role.instruction(prompt, options.modelName());
                blocks.add(new Block(role, prompt, instruction, questions, start));
                start += questions.size();
                sizes.merge(role.name(), questions.size(), Integer::sum);
            }
        }
        size = start;
        if (size == 0) {
            throw new PipelineException("Nothing to generate: the run names no roles");
        }
    }

    /** Number of rollouts. */
    long size() {
        return size;
    }

    /** Number of rollouts by role, in the plan's order. */
    Map<String, Integer> sizes() {
        return sizes;
    }

    long chunks(int chunkSize) {
        return (size + chunkSize - 1) / chunkSize;
    }

    List<Planned> chunk(long index, int chunkSize) {
        List<Planned> chunk = new ArrayList<>();
        long end = Math.min(size, (index + 1) * chunkSize);
        for (long i = index * chunkSize; i < end; i++) {
            chunk.add(rollout(i));
        }
        return chunk;
    }

    private Planned rollout(long index) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).start() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Block block = blocks.get(low);
        int question = (int) (index - block.start());
        String role = block.role().name();
        RolloutKey key = new RolloutKey(LABEL, block.prompt(), question);
        String text = block.questions().get(question);
        RolloutRequest request = new RolloutRequest(
                role + "/" + key, prompt(block.instruction(), text), RolloutSeed.of(options.seed(), role, key));
        return new Planned(role, key, block.instruction(), text, request);
    }

    /** As the reference does: without a system message in the template, the instruction opens the user's turn. */
    private Conversation prompt(String instruction, String question) {
        if (instruction.isEmpty()) {
            return Conversation.of(Message.user(question));
        }
        return systemMessages
                ? Conversation.of(Message.system(instruction), Message.user(question))
                : Conversation.of(Message.user(instruction + "\n\n" + question));
    }

    /** What the plan depends on, for the manifest. */
    SortedMap<String, String> parameters(int chunkSize) {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("seed", Long.toString(options.seed()));
        parameters.put("model name", options.modelName());
        parameters.put("system messages", Boolean.toString(systemMessages));
        parameters.put("chunk size", Integer.toString(chunkSize));
        for (RoleFile role : options.roles()) {
            List<Integer> prompts = options.promptsOf(role);
            List<String> questions = options.questionsFor(role);
            parameters.put("prompts of role " + role.name(), prompts.toString());
            parameters.put(
                    "instructions of role " + role.name(),
                    Digest.of(prompts.stream()
                            .map(prompt -> role.instructions().get(prompt))
                            .toList()));
            parameters.put(
                    "questions of role " + role.name(), questions.size() + " with digest " + Digest.of(questions));
        }
        return parameters;
    }
}
