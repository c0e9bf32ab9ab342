package dev.plumbline.app.cli;

import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.steer.Addition;
import dev.plumbline.steer.Cap;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import dev.plumbline.steer.Intervention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What one experiment does. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Say what an experiment of a capping configuration does: layers, thresholds, signs and percentile.",
        footer = {
            "",
            "Examples:",
            "  plumb cap show capping_config.pt layers_46:54-p0.25",
            "  plumb cap show capping_config.pt 0 --json",
            "  plumb cap show lu-christina/assistant-axis-vectors/qwen-3-32b/capping_config.pt layers_46:54-p0.25"
        })
final class CapShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "capping_config.pt, or the same as .json." + InputFile.OR_IN_HUB)
    private InputFile file = new InputFile("");

    @Parameters(index = "1", paramLabel = "EXPERIMENT", description = "Its id, or its index from 0.")
    private String experiment = "";

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean json;

    CapShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CappingConfig config = CappingConfigFile.read(file.file());
        CappingExperiment shown = config.named(experiment);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("id", shown.id());
            object.put("description", config.describe(shown));
            object.put("interventions", interventions(config, shown));
            object.put("provenance", config.provenance());
            console.json(object);
            return ExitCode.OK;
        }
        console.data(config.describe(shown));
        config.interventions(shown).forEach(each -> console.data("  " + line(each)));
        config.provenance().forEach((name, value) -> console.data(name + ": " + value));
        return ExitCode.OK;
    }

    private static List<Map<String, Object>> interventions(CappingConfig config, CappingExperiment experiment) {
        return config.interventions(experiment).stream()
                .map(CapShowCommand::object)
                .toList();
    }

    private static String line(Intervention intervention) {
        String what = "";
        if (intervention instanceof Cap cap) {
            what = String.format(
                    Locale.ROOT,
                    "ceiling %9.3f along the vector, which is floor %9.3f along its negation",
                    cap.upper(),
                    cap.mirrored().lower());
        } else if (intervention instanceof Addition addition) {
            what = String.format(Locale.ROOT, "adds the vector %.3f times", addition.coefficient());
        }
        return String.format(
                Locale.ROOT,
                "layer %2d  %s; length of the vector %.3f",
                intervention.site().layer(),
                what,
                intervention.direction().norm());
    }

    private static Map<String, Object> object(Intervention intervention) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("layer", intervention.site().layer());
        if (intervention instanceof Cap cap) {
            object.put("ceiling", cap.upper());
            object.put("floor_along_negated_vector", cap.mirrored().lower());
        } else if (intervention instanceof Addition addition) {
            object.put("coefficient", addition.coefficient());
        }
        object.put("vector_length", intervention.direction().norm());
        return object;
    }
}
