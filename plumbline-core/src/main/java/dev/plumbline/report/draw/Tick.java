package dev.plumbline.report.draw;

/** A labelled place on an axis. */
record Tick(double value, String label) {}
