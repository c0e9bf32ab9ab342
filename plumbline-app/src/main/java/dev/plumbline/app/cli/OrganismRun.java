package dev.plumbline.app.cli;

import dev.plumbline.generate.LanguageModel;
import dev.plumbline.generate.LoadOptions;
import dev.plumbline.generate.ResponseCapture;
import dev.plumbline.generate.Sampling;
import dev.plumbline.nano.NanoData;
import dev.plumbline.nano.NanoJudge;
import dev.plumbline.nano.NanoModel;
import dev.plumbline.pipeline.EngineSource;
import dev.plumbline.pipeline.PipelineOptions;
import dev.plumbline.pipeline.PipelineRun;
import dev.plumbline.pipeline.PipelineSummary;
import dev.plumbline.pipeline.QuestionFile;
import dev.plumbline.pipeline.RoleFile;
import java.nio.file.Path;

/**
 * The pipeline on the bundled organism.
 *
 * @param folder run directory; a run in it is gone on with
 * @param questions for each of the five instructions of a role
 */
record OrganismRun(Path folder, long seed, int questions) {
    /** How the organism answers everywhere. */
    static final Sampling SAMPLING = new Sampling(0.7, 0.9, 0, 80);

    private static final int MIN_COUNT = 10;

    /** The organism, ready to be asked. */
    static LanguageModel load() {
        return LanguageModel.load(
                NanoModel.directory(), Models.inLanes(LoadOptions.DEFAULT.withPrecision(LoadOptions.Precision.F32)));
    }

    PipelineSummary run(LanguageModel model, Console console) throws InterruptedException {
        Path data = folder.resolve("data");
        NanoData.writeTo(data);
        PipelineOptions options = PipelineOptions.in(folder)
                .roles(RoleFile.readDirectory(data.resolve("roles/instructions")))
                .questions(QuestionFile.read(data.resolve("extraction_questions.jsonl")))
                .questionCount(questions)
                .modelName(NanoModel.NAME)
                .minCount(MIN_COUNT)
                .seed(seed)
                .build();
        try (PipelineBars bars = new PipelineBars(console);
                PipelineRun run = PipelineRun.open(options, bars)) {
            return run.all(
                    new EngineSource(
                            model,
                            NanoModel.NAME,
                            SAMPLING,
                            ResponseCapture.allOf(model.config().nLayers()),
                            EngineSource.usualChunkSize(model)),
                    new NanoJudge());
        }
    }
}
