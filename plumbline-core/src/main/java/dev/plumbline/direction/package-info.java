@NullMarked
package dev.plumbline.direction;

import org.jspecify.annotations.NullMarked;
