package dev.plumbline.app.cli;

import dev.plumbline.artifact.Provenance;
import dev.plumbline.artifact.VectorCollection;
import dev.plumbline.report.AnalysisReport;
import dev.plumbline.report.VectorAnalysis;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all analyses of vectors take. */
final class AnalysisOptions {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of vectors." + InputFile.OR_IN_HUB)
    private InputFile vectors = new InputFile("");

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description = "0-based. Default: the published one for the paper's models, else the middle one.")
    @Within(least = 0)
    private @Nullable Integer layer;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out = Path.of("");

    @Option(
            names = "--dpi",
            defaultValue = "200",
            paramLabel = "N",
            description = "Of the PNGs. Default: ${DEFAULT-VALUE}.")
    @Within(least = 20, most = 1200)
    private int dpi;

    @Option(names = "--json", description = "All numbers as one JSON object on stdout.")
    private boolean json;

    VectorAnalysis read() {
        return read(vectors);
    }

    /** The vectors of another model, at the same layer if one was asked for. */
    VectorAnalysis read(InputFile other) {
        Path folder = other.folder();
        VectorCollection collection = VectorCollection.open(folder);
        String name = collection
                .provenance()
                .map(Provenance::model)
                .map(Models::shortName)
                .orElseGet(() -> Models.shortName(folder.toString()));
        return layer == null ? VectorAnalysis.atTarget(collection, name) : VectorAnalysis.at(collection, layer, name);
    }

    int write(AnalysisReport report, Console console) {
        List<Path> files = report.write(out, dpi);
        if (json) {
            console.json(report.numbers());
        } else {
            report.page().headline().forEach(fact -> console.data(fact.name() + ": " + fact.value()));
            console.data(files.get(0).toString());
        }
        return ExitCode.OK;
    }
}
