@NullMarked
package dev.plumbline.artifact;

import org.jspecify.annotations.NullMarked;
