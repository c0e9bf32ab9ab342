package dev.plumbline.steer.spec;

import dev.plumbline.artifact.CappingConfigFile;
import dev.plumbline.steer.CappingConfig;
import dev.plumbline.steer.CappingExperiment;
import dev.plumbline.steer.Intervention;
import java.util.List;

/**
 * Does what a capping configuration says.
 *
 * @param name id or index of the experiment
 */
record ExperimentSpec(String file, String name) implements InterventionSpec {

    @Override
    public List<Intervention> on(SpecContext context) {
        CappingConfig config = CappingConfigFile.read(context.file(file));
        CappingExperiment experiment = config.named(name);
        List<Intervention> interventions = config.interventions(experiment);
        if (config.dModel() != context.dModel()) {
            throw new IllegalArgumentException("The vectors of " + file + " have " + config.dModel()
                    + " components; the model is " + context.dModel() + " wide, so they are of another model");
        }
        for (Intervention intervention : interventions) {
            if (intervention.site().layer() >= context.nLayers()) {
                throw new IllegalArgumentException("Experiment " + experiment.id() + " of " + file
                        + " acts on layer " + intervention.site().layer() + "; the model has layers 0 to "
                        + (context.nLayers() - 1));
            }
        }
        return interventions;
    }
}
