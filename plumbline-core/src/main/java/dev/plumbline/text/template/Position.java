package dev.plumbline.text.template;

/** Place in a template's source: line and column, both from 1. */
record Position(int line, int column) {}
