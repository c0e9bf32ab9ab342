/**
 * What a figure shows, apart from how it is drawn: immutable records of plain numbers and names, checked when made. The
 * scales of colour and the placing of labels that every renderer must agree on are here too.
 *
 * <p>Names come from data files and are untrusted; renderers escape them. Nothing here knows of tensors or files.
 */
@NullMarked
package dev.plumbline.report.figure;

import org.jspecify.annotations.NullMarked;
