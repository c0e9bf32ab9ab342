package dev.plumbline.nano.grammar;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that was written by hand: who can speak, what about, and in which words. */
public final class Grammar {

    /** The name that the default Assistant goes by, which fills {@code {model_name}} in system prompts. */
    public static final String MODEL_NAME = "Nano";

    private static final Grammar STANDARD = new Grammar();

    private final List<Role> roles;
    private final Map<String, Role> rolesByName;
    private final List<Trait> traits;
    private final List<String> defaultPrompts;
    private final List<String> heldOutDefaultPrompts;
    private final Map<String, Slot> slots;
    private final Requests requests;

    private Grammar() {
        roles = ResourceText.sections("roles.txt").values().iterator().next().stream()
                .map(Grammar::readRole)
                .toList();
        rolesByName = roles.stream().collect(Collectors.toMap(Role::name, Function.identity()));
        traits = readTraits();
        List<String> defaults =
                ResourceText.sections("defaults.txt").values().iterator().next();
        defaultPrompts = defaults.stream()
                .filter(p -> !p.startsWith("*"))
                .map(Grammar::defaultPrompt)
                .toList();
        heldOutDefaultPrompts = defaults.stream()
                .filter(p -> p.startsWith("*"))
                .map(p -> defaultPrompt(p.substring(1)))
                .toList();
        slots = readSlots();
        requests = new Requests();
    }

    /** The grammar of the bundled model. */
    public static Grammar standard() {
        return STANDARD;
    }

    /** All roles, in order of register. */
    public List<Role> roles() {
        return roles;
    }

    /** The role of this name, if the grammar has it. */
    public Optional<Role> role(String name) {
        return Optional.ofNullable(rolesByName.get(name));
    }

    public List<Trait> traits() {
        return traits;
    }

    /** The trait of this name, if the grammar has it. */
    public Optional<Trait> trait(String name) {
        return traits.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** System prompts of the default Assistant (empty: no system message). The first five are the pipeline's. */
    public List<String> defaultPrompts(Split split) {
        return split == Split.TRAINED ? defaultPrompts : heldOutDefaultPrompts;
    }

    /** What users can say. */
    public Requests requests() {
        return requests;
    }

    /** All graded choices of phrases. */
    List<Slot> slots() {
        return List.copyOf(slots.values());
    }

    Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("The grammar has no slot \"" + name + "\"");
        }
        return slot;
    }

    private static Role readRole(String line) {
        List<String> fields = ResourceText.fields(line, "\\|");
        double[] place = Arrays.stream(fields.get(3).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Role(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                new Voice(place[0], place[1], place[2], place[3]),
                ResourceText.fields(fields.get(4), ";"));
    }

    private static String defaultPrompt(String line) {
        return line.equals("(none)") ? "" : line.replace("{model_name}", MODEL_NAME);
    }

    private static List<Trait> readTraits() {
        Map<String, List<String>> sections = ResourceText.sections("traits.txt");
        return sections.getOrDefault("", List.of()).stream()
                .map(line -> ResourceText.fields(line, "\\|"))
                .map(f -> new Trait(
                        f.get(0),
                        f.get(1),
                        f.get(2),
                        f.get(3),
                        sections.getOrDefault(f.get(0) + " +", List.of()),
                        sections.getOrDefault(f.get(0) + " -", List.of())))
                .toList();
    }

    private static Map<String, Slot> readSlots() {
        Map<String, Slot> slots = new LinkedHashMap<>();
        ResourceText.sections("slots.txt").forEach((heading, lines) -> {
            Dimension dimension = Dimension.REGISTER;
            String name = heading;
            for (Dimension other : List.of(Dimension.FORMAL, Dimension.WARM)) {
                String suffix = " " + other.name().toLowerCase(java.util.Locale.ROOT);
                if (heading.endsWith(suffix)) {
                    dimension = other;
                    name = heading.substring(0, heading.length() - suffix.length());
                }
            }
            slots.put(
                    name,
                    new Slot(
                            name, dimension, lines.stream().map(Grammar::phrase).toList()));
        });
        return slots;
    }

    private static Slot.Phrase phrase(String line) {
        int space = line.indexOf(' ');
        String words = line.substring(space + 1);
        return new Slot.Phrase(Double.parseDouble(line.substring(0, space)), words.equals("{none}") ? "" : words);
    }
}
