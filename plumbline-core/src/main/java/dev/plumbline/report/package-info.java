/**
 * Reports of results for people: a page to read in a browser, and pictures for papers.
 *
 * <p>{@link dev.plumbline.report.PersonaSpaceReport} turns the plain numbers of a persona space into captioned figures
 * and a page; {@link dev.plumbline.report.HtmlReport} writes any page as one file that needs no network. Everything is
 * immutable, and the same input gives the same bytes.
 */
@NullMarked
package dev.plumbline.report;

import org.jspecify.annotations.NullMarked;
