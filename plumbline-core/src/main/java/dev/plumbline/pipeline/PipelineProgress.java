package dev.plumbline.pipeline;

/** Told how a run gets on, so that somebody can draw bars. Called from several threads at once. */
public interface PipelineProgress {

    /** Listens to nothing. */
    PipelineProgress SILENT = new PipelineProgress() {};

    /** A step begins, with so many items to do, those that an earlier run finished included. */
    default void started(PipelineStep step, long total) {}

    /** So many more items are done, or found done. */
    default void advanced(PipelineStep step, long items) {}

    /** Something worth a line. */
    default void note(String message) {}
}
