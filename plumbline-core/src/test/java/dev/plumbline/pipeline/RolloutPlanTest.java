package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.artifact.RolloutKey;
import dev.plumbline.pipeline.RolloutPlan.Planned;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {

    private static final RoleFile ASSISTANT =
            new RoleFile("default", List.of("", "You are {model_name}."), List.of(), Optional.empty());
    private static final RoleFile PIRATE = new RoleFile(
            "pirate", List.of("Be {brief}.", "Arr, {model_name}!", "Third."), List.of("Own?"), Optional.empty());

    private static PipelineOptions.Builder options() {
        return PipelineOptions.in(Path.of("nowhere"))
                .roles(List.of(PIRATE, ASSISTANT))
                .questions(List.of("Who?", "Why?"))
                .modelName("Tiny");
    }

    private static List<Planned> all(RolloutPlan plan, int chunkSize) {
        List<Planned> all = new ArrayList<>();
        for (long i = 0; i < plan.chunks(chunkSize); i++) {
            all.addAll(plan.chunk(i, chunkSize));
        }
        return all;
    }

    @Test
    void goesByRolePromptAndQuestion() {
        RolloutPlan plan = new RolloutPlan(options().build(), true);
        assertThat(plan.size()).isEqualTo(10);
        assertThat(plan.sizes()).containsExactly(Map.entry("default", 4), Map.entry("pirate", 6));
        assertThat(all(plan, 3))
                .extracting(rollout -> rollout.request().id())
                .containsExactly(
                        "default/pos_p0_q0",
                        "default/pos_p0_q1",
                        "default/pos_p1_q0",
                        "default/pos_p1_q1",
                        "pirate/pos_p0_q0",
                        "pirate/pos_p0_q1",
                        "pirate/pos_p1_q0",
                        "pirate/pos_p1_q1",
                        "pirate/pos_p2_q0",
                        "pirate/pos_p2_q1");
        assertThat(all(plan, 7)).isEqualTo(all(plan, 3));
        assertThat(plan.chunk(3, 3)).hasSize(1);
    }

    @Test
    void anEmptyInstructionIsNoSystemMessage() {
        List<Planned> planned = all(new RolloutPlan(options().build(), true), 100);
        assertThat(planned.get(0).request().prompt()).isEqualTo(Conversation.of(Message.user("Who?")));
        assertThat(planned.get(2).request().prompt())
                .isEqualTo(Conversation.of(Message.system("You are Tiny."), Message.user("Who?")));
        assertThat(planned.get(4).request().prompt().messages().get(0)).isEqualTo(Message.system("Be {brief}."));
        assertThat(planned.get(2).answered("Hi.").conversation())
                .isEqualTo(Conversation.of(
                        Message.system("You are Tiny."), Message.user("Who?"), Message.assistant("Hi.")));
    }

    @Test
    void withoutAPlaceForItTheInstructionOpensTheUsersTurn() {
        List<Planned> planned = all(new RolloutPlan(options().build(), false), 100);
        assertThat(planned.get(0).request().prompt()).isEqualTo(Conversation.of(Message.user("Who?")));
        assertThat(planned.get(3).request().prompt()).isEqualTo(Conversation.of(Message.user("You are Tiny.\n\nWhy?")));
        assertThat(planned.get(3).systemPrompt()).isEqualTo("You are Tiny.");
    }

    @Test
    void seedsDependOnTheirOwnNameOnly() {
        List<Planned> planned = all(new RolloutPlan(options().seed(5).build(), true), 100);
        List<Planned> fewer = all(
                new RolloutPlan(
                        options()
                                .seed(5)
                                .roles(List.of(PIRATE))
                                .prompts(List.of(2))
                                .questionCount(1)
                                .build(),
                        true),
                100);
        assertThat(planned).extracting(rollout -> rollout.request().seed()).doesNotHaveDuplicates();
        assertThat(fewer).containsExactly(planned.get(8));
        assertThat(RolloutSeed.of(5, "pirate", new RolloutKey("pos", 0, 0)))
                .as("written down, for a new version must not change it")
                .isEqualTo(GOLDEN_SEED);
        assertThat(RolloutSeed.of(6, "pirate", new RolloutKey("pos", 0, 0))).isNotEqualTo(GOLDEN_SEED);
    }

    private static final long GOLDEN_SEED = -4001264715058741648L;

    @Test
    void rolesMayBringTheirOwnQuestions() {
        PipelineOptions own =
                PipelineOptions.in(Path.of("nowhere")).roles(List.of(PIRATE)).build();
        assertThat(all(new RolloutPlan(own, true), 9))
                .extracting(Planned::question)
                .containsOnly("Own?");
        PipelineOptions none =
                PipelineOptions.in(Path.of("nowhere")).roles(List.of(ASSISTANT)).build();
        assertThatThrownBy(() -> new RolloutPlan(none, true))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("Role default brings no questions");
    }

    @Test
    void nothingToDoIsAnError() {
        assertThatThrownBy(() -> options().prompts(List.of(9)).build().plannedResponses())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("Role default has the prompts 0 to 1, and none of [9]");
        assertThatThrownBy(() -> options().roles(List.of()).build().plannedResponses())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("Nothing to generate");
        assertThat(options().build().plannedResponses()).isEqualTo(10);
    }
}
