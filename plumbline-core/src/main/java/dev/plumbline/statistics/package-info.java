/**
 * Statistics of plain numbers: estimates with their confidence intervals, and quantiles, exact or sketched. Everything
 * that draws random numbers takes a seed and repeats itself.
 */
@NullMarked
package dev.plumbline.statistics;

import org.jspecify.annotations.NullMarked;
