package dev.plumbline.app.cli;

import dev.plumbline.artifact.MalformedArtifactException;
import dev.plumbline.checkpoint.MalformedCheckpointException;
import dev.plumbline.hub.HubException;
import dev.plumbline.inspect.Inspection;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what files are. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Say what a file or folder is: format, shapes, types, layers, provenance, and what is suspicious.",
            "",
            "Reads .pt, .safetensors, .npy, .npz, .gguf, .json and .jsonl, checkpoints, runs and folders of vectors. Never runs"
                    + " pickled code."
        },
        footer = {
            "",
            "Examples:",
            "  plumb inspect axis.pt",
            "  plumb inspect path/to/Qwen3-32B --json",
            "  plumb inspect capping_config.pt vectors/*.pt --brief",
            "  plumb inspect lu-christina/assistant-axis-vectors/qwen-3-32b/assistant_axis.pt"
        })
final class InspectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders." + InputFile.OR_IN_HUB)
    private List<InputFile> paths = List.of();

    @Option(names = "--brief", description = "Leave out the list of tensors, rows or parts.")
    private boolean brief;

    @Option(names = "--json", description = "One JSON object per path on stdout.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int worst = ExitCode.OK;
        for (InputFile path : paths) {
            try {
                show(Inspection.of(path.any()));
            } catch (MalformedArtifactException
                    | MalformedCheckpointException
                    | UncheckedIOException
                    | HubException unreadable) {
                worst = new FailureReport(console).report(unreadable); // the files behind it are still of interest
            }
        }
        return worst;
    }

    private void show(Inspection inspection) {
        if (json) {
            console.json(inspection);
        } else {
            print(inspection);
        }
    }

    private void print(Inspection inspection) {
        console.data(inspection.path() + ": " + inspection.kind());
        for (Inspection.Fact fact : inspection.facts()) {
            console.data("  " + fact.name() + ": " + oneLine(fact.value()));
        }
        if (!brief) {
            int width = inspection.entries().stream()
                    .mapToInt(entry -> Math.min(40, entry.name().length()))
                    .max()
                    .orElse(0);
            for (Inspection.Entry entry : inspection.entries()) {
                String padding = " ".repeat(Math.max(0, width - entry.name().length()));
                console.data(("    " + oneLine(entry.name()) + padding + "  " + entry.type() + "  " + entry.note())
                        .stripTrailing());
            }
        }
        for (String suspicion : inspection.suspicions()) {
            console.data("  ! " + oneLine(suspicion));
        }
    }

    /** A hostile name must not draw on the terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
