package dev.plumbline.app.cli;

import dev.plumbline.artifact.SafetensorsWriter;
import dev.plumbline.capture.SequenceActivations;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.TokenSequence;
import dev.plumbline.hook.Site;
import dev.plumbline.tensor.DType;
import dev.plumbline.tensor.TensorData;
import dev.plumbline.text.ConversationFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes down what the model computes, so that anyone can compare it with another implementation. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Write the residual stream after every block and the logits as safetensors.",
            "",
            "Tensors, in fp32: resid_post.<layer> [T, D], the raw output of each block, before any final norm;"
                    + " logits [T, V]. And ids [T] as 64-bit integers."
        },
        footer = {
            "",
            "Examples:",
            "  plumb dump --model nano --ids 1,2,3 --out dump.safetensors",
            "  plumb dump --model path/to/Qwen3-0.6B --conversation chat.json --dtype f32 --out dump.safetensors"
        })
final class DumpCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @ArgGroup(multiplicity = "1")
    private Input input = new Input();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The safetensors file to write.")
    private Path out = Path.of("");

    /** What to run through the model. */
    private static final class Input {
        @Option(names = "--ids", split = ",", paramLabel = "ID", description = "Token ids.")
        @Within(least = 0)
        private int[] ids = {};

        @Option(names = "--conversation", paramLabel = "FILE", description = "A conversation, as for plumb tokens.")
        private Path conversation = Path.of("");
    }

    DumpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (LanguageModel loaded = model.load()) {
            int[] ids = input.ids.length > 0
                    ? input.ids
                    : loaded.chatFormat()
                            .render(ConversationFile.read(input.conversation))
                            .ids();
            List<Site> sites = IntStream.range(0, loaded.config().nLayers())
                    .mapToObj(Site::residPost)
                    .toList();
            SequenceActivations dump = SequenceActivations.of(loaded, TokenSequence.of(ids), sites);
            SafetensorsWriter.write(out, tensors(dump), Map.of("format", "plumbline-dump", "model", model.model()));
            console.note("plumb: " + ids.length + (ids.length == 1 ? " token" : " tokens") + " through " + sites.size()
                    + " layers, in " + out);
        }
        return ExitCode.OK;
    }

    private static Map<String, TensorData> tensors(SequenceActivations dump) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        dump.bySite().forEach((site, values) -> tensors.put("resid_post." + site.layer(), values));
        tensors.put("logits", dump.logits());
        int[] ids = dump.ids();
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int id : ids) {
            bytes.putLong(id);
        }
        tensors.put("ids", new TensorData(DType.I64, new long[] {ids.length}, bytes.flip()));
        return tensors;
    }
}
