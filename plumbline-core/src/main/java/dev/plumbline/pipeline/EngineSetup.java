package dev.plumbline.pipeline;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.ResponseCapture;

/** What means are of that a loaded model gives. */
final class EngineSetup {

    private EngineSetup() {}

    static CaptureSetup of(LanguageModel model, ResponseCapture capture) {
        return new CaptureSetup(
                String.valueOf(model.checkpoint().directory().getFileName()),
                model.checkpoint().identity(),
                model.dtype(),
                model.chatFormat().template().hash(),
                capture.layers());
    }
}
