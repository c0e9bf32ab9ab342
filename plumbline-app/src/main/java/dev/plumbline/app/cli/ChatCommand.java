package dev.plumbline.app.cli;

import dev.plumbline.chat.ChatSession;
import dev.plumbline.generate.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A conversation in the terminal. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Chat with a model, and see after each answer where it lies along a direction.",
            "",
            "Inside the chat, /help lists what can be changed between two answers. Without a terminal, messages are read"
                    + " line by line from stdin. The chat is kept in a file after every answer, however it ends."
        },
        footer = {
            "",
            "Examples:",
            "  plumb chat --model nano --vector demo/axis.pt --baseline demo",
            "  plumb chat --model path/to/Qwen3-32B --vector axis.pt --layer 32 --tokens",
            "  printf 'Who are you?\\n/save chat.json\\n' | plumb chat --model nano --vector demo/axis.pt"
        })
final class ChatCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final AnsweringOptions answering = new AnsweringOptions();

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told first.")
    private String system = "";

    @Option(
            names = "--tokens",
            description =
                    "Also show the projection of every token, behind it: in standard deviations where there is a baseline.")
    private boolean tokens;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "New file that the chat is kept in, as a transcript that plumb project reads. Default:"
                    + " chat-<date>-<time>.json here, which goes away if all was written with /save.")
    private @Nullable Path save;

    ChatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ChatKeeper keeper = new ChatKeeper(console, save);
                LanguageModel loaded = answering.loadForOne();
                ChatInput input = ChatInput.open()) {
            ChatSession session = new ChatSession(loaded, answering.sampling(), answering.seed());
            session.system(system);
            ChatLoop loop = new ChatLoop(
                    console,
                    loaded,
                    answering.modelName(),
                    session,
                    keeper,
                    answering.treatment(loaded),
                    along -> answering.baseline(loaded, along),
                    tokens);
            loop.measure(answering.direction(loaded));
            console.note(
                    "plumb: chatting with " + answering.modelName() + "; /help for what else there is, /quit to end");
            console.note("plumb: kept in " + keeper.file() + " after every answer");
            Optional<String> line = input.read();
            while (line.isPresent() && loop.take(line.get())) {
                line = input.read();
            }
        }
        return ExitCode.OK;
    }
}
