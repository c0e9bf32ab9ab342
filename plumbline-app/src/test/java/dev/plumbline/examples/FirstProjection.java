package dev.plumbline.examples;

import dev.plumbline.artifact.AxisFile;
import dev.plumbline.capture.ResponseMeans;
import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.text.Conversation;
import dev.plumbline.text.Message;
import java.nio.file.Path;
import java.util.List;

/** How Assistant-like a reply is. Arguments: checkpoint directory, axis file, layer. */
public final class FirstProjection {
    private FirstProjection() {}

    public static void main(String[] args) {
        Path checkpoint = Path.of(args[0]);
        Path axisFile = Path.of(args[1]);
        int layer = Integer.parseInt(args[2]);
        // readme-start
        try (LanguageModel model = LanguageModel.load(checkpoint, LoadOptions.DEFAULT)) {
            var axis = AxisFile.read(axisFile).at(layer);
            for (String reply : List.of("Certainly. Here is a short answer.", "Hush, the wind has asked the same.")) {
                var chat = Conversation.of(Message.user("What is tea good for?"), Message.assistant(reply));
                var rendered = model.chatFormat().render(chat);
                var mean = ResponseMeans.of(model, List.of(rendered), new ResponseCapture(List.of(layer)));
                float[] activation = mean.get(0).orElseThrow().toFloats();
                System.out.printf("%8.2f  %s%n", axis.projection(activation), reply);
            }
        }
        // readme-end
    }
}
