package dev.plumbline.pipeline;

import dev.plumbline.tensor.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Step 5: per layer, the default Assistant's vector minus the mean of the role vectors, each role weighing the same. */
final class AxisStep {

    private final RunLayout layout;
    private final PipelineProgress progress;

    AxisStep(RunLayout layout, PipelineProgress progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /**
     * Makes {@code axis.pt} from the vector files of these roles.
     *
     * @return the roles that went into it
     * @throws PipelineException if the default Assistant's vector is missing, or every role's
     */
    List<String> run(Collection<String> roles) {
        progress.started(PipelineStep.AXIS, 1);
        Path assistantFile = layout.vector(RoleFile.DEFAULT);
        if (!Files.exists(assistantFile)) {
            throw new PipelineException("There is no axis without the vector of the default Assistant, and "
                    + assistantFile + " does not exist; is the role \"" + RoleFile.DEFAULT + "\" part of the run?");
        }
        TensorData assistant = VectorFiles.readVector(assistantFile);
        double[] sum = new double[Math.toIntExact(assistant.numel())];
        List<String> used = new ArrayList<>();
        for (String role : roles) {
            Path file = layout.vector(role);
            if (RoleFile.isDefault(role) || !Files.exists(file)) {
                continue;
            }
            TensorData vector = VectorFiles.readVector(file);
            if (!Arrays.equals(vector.shape(), assistant.shape())) {
                throw new PipelineException(file + " holds a vector of shape " + Arrays.toString(vector.shape())
                        + "; expected " + Arrays.toString(assistant.shape()) + ", as in " + assistantFile);
            }
            float[] values = vector.toFloats();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
            used.add(role);
        }
        if (used.isEmpty()) {
            throw new PipelineException("There is no axis without at least one role vector, and "
                    + layout.vectorsDirectory() + " holds none; were the responses judged, and is the least number of"
                    + " responses for a vector within reach?");
        }
        float[] axis = assistant.toFloats();
        for (int i = 0; i < axis.length; i++) {
            axis[i] = (float) (axis[i] - sum[i] / used.size());
        }
        VectorFiles.writeAxis(layout.axis(), TensorData.ofFloats(axis, assistant.shape()));
        progress.advanced(PipelineStep.AXIS, 1);
        return used;
    }
}
