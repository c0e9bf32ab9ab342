/**
 * Figures as still pictures for papers: SVG and PNG of the same layout, with no screen and no system fonts.
 *
 * <p>Java's own text needs fontconfig and FreeType from the system, and a server may have neither. So glyphs of the
 * bundled Liberation Sans are read by FontBox and filled as shapes; its widths equal those of Arial and Helvetica, so
 * that an SVG, whose text stays text, keeps its layout wherever one of the three is installed.
 *
 * <p>Lengths are in CSS pixels, 1/96 inch, with y downward.
 */
@NullMarked
package dev.plumbline.report.draw;

import org.jspecify.annotations.NullMarked;
