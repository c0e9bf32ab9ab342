package dev.plumbline.report;

/** A named value for a reader, already in words: "Roles", "36". */
public record Fact(String name, String value) {}
