package dev.plumbline.pipeline;

/** The five steps, in order. */
public enum PipelineStep {
    GENERATE,
    ACTIVATIONS,
    JUDGE,
    VECTORS,
    AXIS
}
