package dev.plumbline.app.cli;

import dev.plumbline.chat.ChatListener;
import dev.plumbline.chat.ChatSession;
import dev.plumbline.direction.Direction;
import dev.plumbline.generate.FinishReason;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.steer.Intervention;
import dev.plumbline.steer.Treatment;
import dev.plumbline.steer.spec.InterventionSpec;
import dev.plumbline.steer.spec.SpecContext;
import dev.plumbline.transcript.Baseline;
import dev.plumbline.transcript.TranscriptFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a chat does with each line. */
final class ChatLoop {
    private static final List<String> HELP = List.of(
            "/steer SPEC    add a vector from now on, as --steer: axis.pt@12=-2; /steer off ends it",
            "/cap SPEC      bound projections, as --cap: axis.pt@12=1.5.. or capping_config.pt#0",
            "/uncap         take all caps off",
            "/axis FILE     measure along another vector, FILE@LAYER for another layer than the middle one",
            "/system TEXT   replace the system message; nothing takes it away",
            "/save FILE     write the chat as a transcript, which plumb project reads",
            "/quit          end");

    private final Console console;
    private final LanguageModel model;
    private final String modelName;
    private final ChatSession session;
    private final ChatKeeper keeper;
    private final boolean tokens;
    private final Treatment given;
    private final Function<Direction, Optional<Baseline>> baselines;
    private Optional<Baseline> baseline = Optional.empty();
    private List<Intervention> steering = List.of();
    private final List<Intervention> caps = new ArrayList<>();

    /**
     * @param keeper has the chat after every answer
     * @param given what the command line asked for; it stays whatever is steered and capped in the chat
     * @param baselines what projections on a direction are counted from, where it is known
     */
    ChatLoop(
            Console console,
            LanguageModel model,
            String modelName,
            ChatSession session,
            ChatKeeper keeper,
            Treatment given,
            Function<Direction, Optional<Baseline>> baselines,
            boolean tokens) {
        this.console = console;
        this.model = model;
        this.modelName = modelName;
        this.session = session;
        this.keeper = keeper;
        this.given = given;
        this.baselines = baselines;
        this.tokens = tokens;
        treat();
    }

    /** Takes a line; false if it was the last. */
    boolean take(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return true;
        }
        if (text.equals("/quit")) {
            return false;
        }
        try {
            if (text.startsWith("/")) {
                int space = text.indexOf(' ');
                obey(
                        space < 0 ? text : text.substring(0, space),
                        space < 0 ? "" : text.substring(space).strip());
            } else {
                say(text);
            }
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            // A chat goes on after a mistake, such as a file that is not there.
            console.note("plumb: " + e.getMessage());
        }
        return true;
    }

    private void obey(String command, String argument) {
        switch (command) {
            case "/steer" -> {
                steering = argument.equals("off")
                        ? List.of()
                        : InterventionSpec.steering(argument).on(context());
                treat();
            }
            case "/cap" -> {
                caps.addAll(InterventionSpec.cap(argument).on(context()));
                treat();
            }
            case "/uncap" -> {
                caps.clear();
                treat();
            }
            case "/axis" -> measure(argument);
            case "/system" -> session.system(argument);
            case "/save" -> {
                if (argument.isEmpty()) {
                    throw new IllegalArgumentException("/save needs the name of a file");
                }
                TranscriptFile.write(Path.of(argument), session.transcript(modelName));
                keeper.savedElsewhere();
                console.note("plumb: wrote " + argument);
            }
            case "/help" -> HELP.forEach(console::note);
            default -> throw new IllegalArgumentException("There is no " + command + "; /help lists what there is");
        }
    }

    private SpecContext context() {
        return InterventionOptions.context(model);
    }

    private void treat() {
        List<Intervention> all = Stream.of(given.interventions(), steering, caps)
                .flatMap(List::stream)
                .toList();
        session.treat(new Treatment(all, given.positions()));
        if (!steering.isEmpty() || !caps.isEmpty()) {
            console.note("plumb: from the next answer on, interventions: " + all.size());
        }
    }

    private void measure(String text) {
        VectorChoice choice = VectorChoice.parse(text);
        Direction along = choice.direction(model, OptionalInt.empty());
        measure(along);
        console.note("plumb: from the next answer on, measured along " + choice.file() + ", layer "
                + along.site().layer());
    }

    /** Measures from the next answer on along a direction, and counts from its own baseline. */
    void measure(Direction along) {
        session.measure(along);
        baseline = baselines.apply(along);
    }

    private void say(String text) {
        ChatSession.Answer answer = session.say(text, new ChatListener() {
            @Override
            public void text(String piece) {
                console.stream(piece);
            }

            @Override
            public void projection(int index, double projection) {
                if (tokens) {
                    console.stream(String.format(
                            Locale.ROOT,
                            "\u2039%.1f\u203a",
                            baseline.map(known -> known.inDeviations(projection))
                                    .orElse(projection)));
                }
            }
        });
        keeper.keep(session.transcript(modelName));
        console.data("");
        if (answer.projection().isPresent()) {
            console.data("  projection " + shown(answer.projection().getAsDouble())
                    + (answer.finish() == FinishReason.LENGTH ? ", cut at --max-tokens" : ""));
        }
    }

    private String shown(double projection) {
        return baseline.map(known ->
                        String.format(Locale.ROOT, "%.2f (%+.2f SD)", projection, known.inDeviations(projection)))
                .orElseGet(() -> String.format(Locale.ROOT, "%.2f", projection));
    }
}
