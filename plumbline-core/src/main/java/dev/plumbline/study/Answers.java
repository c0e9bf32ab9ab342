package dev.plumbline.study;

import java.util.List;

/**
 * What was answered to a measure's probes under one treatment.
 *
 * @param texts one per probe
 * @param scores one per probe; NaN where an answer could not be scored
 * @param touch what the treatment changed meanwhile
 */
public record Answers(List<String> texts, double[] scores, Touch touch) {}
