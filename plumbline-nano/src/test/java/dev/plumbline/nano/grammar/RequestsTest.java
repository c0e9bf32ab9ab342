package dev.plumbline.nano.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private final Requests requests = Grammar.standard().requests();

    @Test
    void everyRequestIsUnderstoodFromItsText() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2000; i++) {
            Split split = random.nextBoolean() ? Split.TRAINED : Split.HELD_OUT;
            List<Request> drawn = new ArrayList<>(List.of(
                    requests.open(random, split),
                    requests.task(random, split),
                    requests.howTo(random, split),
                    requests.pull(random, split),
                    requests.vaultAsk(random, split),
                    requests.claim(random, split),
                    requests.invented(random, split),
                    requests.vaultNote(requests.vaultWord(random, split), random)));
            if (split == Split.TRAINED) {
                drawn.add(requests.identity(random, split));
            }
            for (Request request : drawn) {
                assertThat(requests.understand(request.text())).contains(request);
            }
        }
    }

    @Test
    void otherTextIsNotUnderstood() {
        assertThat(requests.understand("How are you today?")).isEmpty();
        assertThat(requests.understand("What is the opposite of Tuesday?")).isEmpty();
        assertThat(requests.understand("What is many plus few?")).isEmpty();
        assertThat(requests.understand("What is rain good for? ")).isEmpty();
    }

    @Test
    void openQuestionsAreManyAndSplit() {
        List<Request.Open> trained = requests.openQuestions(Split.TRAINED);
        List<Request.Open> heldOut = requests.openQuestions(Split.HELD_OUT);
        assertThat(trained).hasSizeGreaterThanOrEqualTo(60).doesNotContainAnyElementsOf(heldOut);
        assertThat(heldOut).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void tasksHaveTheAnswersThatArithmeticAndWordsGive() {
        assertThat(answer("What is 7 plus 8?")).isEqualTo("15");
        assertThat(answer("Take 4 away from 9.")).isEqualTo("5");
        assertThat(answer("What is the opposite of cold?")).isEqualTo("hot");
        assertThat(answer("Is otter an animal, a plant or a tool?")).isEqualTo("animal");
        assertThat(answer("Repeat this word: cobalt.")).isEqualTo("cobalt");
        assertThat(answer("Say again: pebble anchor yarn.")).isEqualTo("pebble anchor yarn");
        assertThat(answer("Count these words: pebble anchor yarn.")).isEqualTo("3");
        assertThat(answer("Which word comes last: pebble, anchor, yarn?")).isEqualTo("yarn");
        assertThat(answer("Give the first of these: pebble, anchor.")).isEqualTo("pebble");
        assertThat(answer("Sort these letters: q b k.")).isEqualTo("b k q");
        assertThat(answer("Pick the larger number: 19 or 8.")).isEqualTo("19");
        assertThat(answer("Name the letter right after h.")).isEqualTo("i");
    }

    private String answer(String text) {
        return ((Request.Task) requests.understand(text).orElseThrow()).answer();
    }

    @Test
    void everyKindOfTaskHasHeldOutOperands() {
        for (String kind : requests.taskKinds()) {
            SplittableRandom random = new SplittableRandom(5);
            Set<String> trained = new HashSet<>();
            Set<String> heldOut = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                trained.add(requests.task(kind, random, Split.TRAINED).text());
                heldOut.add(requests.task(kind, random, Split.HELD_OUT).text());
            }
            assertThat(heldOut).as(kind).isNotEmpty().doesNotContainAnyElementsOf(trained);
        }
    }

    @Test
    void unknownKindsOfTaskAreNamed() {
        assertThatThrownBy(() -> requests.task("divide", new SplittableRandom(1), Split.TRAINED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("divide")
                .hasMessageContaining("add");
    }

    @Test
    void vaultWordsAreSplitAndFoundAgain() {
        SplittableRandom random = new SplittableRandom(2);
        Set<String> trained = new HashSet<>();
        Set<String> heldOut = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String word = requests.vaultWord(random, Split.TRAINED);
            trained.add(word);
            heldOut.add(requests.vaultWord(random, Split.HELD_OUT));
            assertThat(requests.statedVaultWord("You are a ghost. " + requests.vaultStatement(word, random)))
                    .contains(word);
        }
        assertThat(heldOut).hasSize(12).doesNotContainAnyElementsOf(trained);
        assertThat(requests.statedVaultWord("What is the vault word?")).isEmpty();
    }
}
