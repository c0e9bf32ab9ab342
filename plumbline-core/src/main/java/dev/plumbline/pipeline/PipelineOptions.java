package dev.plumbline.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a run is to do. Made by {@link #in(Path)}; what is not set has the value of the reference implementation. */
public final class PipelineOptions {

    /** Responses that a role needs for a vector, as the reference code has it (the paper says 10). */
    public static final int REFERENCE_MIN_COUNT = 50;

    private final Builder set;
    private final List<RoleFile> roles;

    private PipelineOptions(Builder set) {
        this.set = set;
        List<RoleFile> sorted = new ArrayList<>(set.roles);
        sorted.sort(Comparator.comparing(RoleFile::name));
        this.roles = List.copyOf(sorted);
    }

    /** Options of a run in this directory, which is made if need be. */
    public static Builder in(Path runDirectory) {
        return new Builder(runDirectory);
    }

    public RunLayout layout() {
        return new RunLayout(set.runDirectory);
    }

    /** The roles, sorted by name. */
    public List<RoleFile> roles() {
        return roles;
    }

    public Optional<RoleFile> role(String name) {
        return roles.stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /** The questions that a role is asked: those of the run, or its own. */
    List<String> questionsFor(RoleFile role) {
        List<String> questions = set.questions.isEmpty() ? role.questions() : set.questions;
        if (questions.isEmpty()) {
            throw new PipelineException(
                    "Role " + role.name() + " brings no questions of its own, and the run has none for all roles");
        }
        return questions.subList(0, Math.min(questions.size(), set.questionCount));
    }

    /** How many responses generation will make. */
    public long plannedResponses() {
        return new RolloutPlan(this, true).size();
    }

    /** Indices of the instructions used; at least one. */
    List<Integer> promptsOf(RoleFile role) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < role.instructions().size(); i++) {
            if (set.prompts.isEmpty() || set.prompts.contains(i)) {
                indices.add(i);
            }
        }
        if (indices.isEmpty()) {
            throw new PipelineException("Role " + role.name() + " has the prompts 0 to "
                    + (role.instructions().size() - 1) + ", and none of " + new TreeSet<>(set.prompts));
        }
        return indices;
    }

    public String modelName() {
        return set.modelName;
    }

    public long seed() {
        return set.seed;
    }

    public int judgeConcurrency() {
        return set.judgeConcurrency;
    }

    public int minCount() {
        return set.minCount;
    }

    public boolean dumpActivations() {
        return set.dumpActivations;
    }

    /** Refuses, before hours of work, a run of which no role can have a vector. */
    void requireReachableMinCount() {
        int most = roles.stream()
                .filter(role -> !RoleFile.isDefault(role.name()))
                .mapToInt(role -> promptsOf(role).size() * questionsFor(role).size())
                .max()
                .orElse(Integer.MAX_VALUE);
        if (most < set.minCount) {
            throw new IllegalArgumentException("A role's vector is to be of at least " + set.minCount
                    + " responses (min count), and no role will have more than " + most
                    + ": lower the min count, or ask more questions");
        }
    }

    /** Sets options; each has a sentence for what it means. */
    public static final class Builder {

        private final Path runDirectory;
        private List<RoleFile> roles = List.of();
        private List<String> questions = List.of();
        private Set<Integer> prompts = Set.of();
        private int questionCount = Integer.MAX_VALUE;
        private String modelName = "an AI assistant";
        private long seed;
        private int judgeConcurrency = 16;
        private int minCount = REFERENCE_MIN_COUNT;
        private boolean dumpActivations;

        private Builder(Path runDirectory) {
            this.runDirectory = runDirectory;
        }

        private Builder(Builder other) {
            runDirectory = other.runDirectory;
            roles = other.roles;
            questions = other.questions;
            prompts = other.prompts;
            questionCount = other.questionCount;
            modelName = other.modelName;
            seed = other.seed;
            judgeConcurrency = other.judgeConcurrency;
            minCount = other.minCount;
            dumpActivations = other.dumpActivations;
        }

        /** The roles, {@value RoleFile#DEFAULT} among them; steps after generation may leave this out to take all on disk. */
        public Builder roles(Collection<RoleFile> all) {
            Set<String> names = new HashSet<>();
            for (RoleFile role : all) {
                if (!names.add(role.name())) {
                    throw new IllegalArgumentException("Role " + role.name() + " is given twice");
                }
            }
            roles = List.copyOf(all);
            return this;
        }

        /** Questions asked of every role; without them each role is asked its own. */
        public Builder questions(List<String> shared) {
            questions = List.copyOf(shared);
            return this;
        }

        /** Only the first so many questions. */
        public Builder questionCount(int most) {
            questionCount = positive(most, "questions");
            return this;
        }

        /** Only the instructions with these indices. */
        public Builder prompts(Collection<Integer> indices) {
            for (int index : indices) {
                if (index < 0) {
                    throw new IllegalArgumentException("Prompt index " + index + " is negative; indices count from 0");
                }
            }
            prompts = Set.copyOf(indices);
            return this;
        }

        /** What {@code {model_name}} in instructions becomes. */
        public Builder modelName(String name) {
            modelName = name;
            return this;
        }

        /** The seed from which every rollout's own is derived. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Most responses being judged at once. */
        public Builder judgeConcurrency(int most) {
            judgeConcurrency = positive(most, "judge requests at once");
            return this;
        }

        /** Responses with a score that a role needs for the vector of that score. */
        public Builder minCount(int least) {
            minCount = positive(least, "responses for a vector");
            return this;
        }

        /** Whether to keep every response's mean in {@code activations/<role>.pt}, which is large. */
        public Builder dumpActivations(boolean dump) {
            dumpActivations = dump;
            return this;
        }

        public PipelineOptions build() {
            return new PipelineOptions(new Builder(this));
        }

        private static int positive(int value, String what) {
            if (value < 1) {
                throw new IllegalArgumentException("Expected at least 1 as the number of " + what + ", found " + value);
            }
            return value;
        }
    }
}
