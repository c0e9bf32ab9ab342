package dev.plumbline.app.cli;

import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a capping configuration offers. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the experiments of a capping configuration.",
        footer = {
            "",
            "Examples:",
            "  plumb cap list capping_config.pt",
            "  plumb cap list lu-christina/assistant-axis-vectors/qwen-3-32b/capping_config.pt"
        })
final class CapListCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "capping_config.pt, or the same as .json." + InputFile.OR_IN_HUB)
    private InputFile file = new InputFile("");

    @Option(names = "--json", description = "One JSON object per experiment on stdout.")
    private boolean json;

    CapListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CappingConfig config = CappingConfigFile.read(file.file());
        List<CappingExperiment> experiments = config.experiments();
        for (int i = 0; i < experiments.size(); i++) {
            CappingExperiment experiment = experiments.get(i);
            List<Integer> layers = config.interventions(experiment).stream()
                    .map(intervention -> intervention.site().layer())
                    .toList();
            if (json) {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("index", i);
                object.put("id", experiment.id());
                object.put("layers", layers);
                console.json(object);
            } else {
                console.data(String.format("%4d  %-28s layers %s", i, experiment.id(), layers));
            }
        }
        console.note("plumb: " + experiments.size() + " experiments over "
                + config.vectors().size() + " vectors of " + config.dModel() + " components");
        return ExitCode.OK;
    }
}
