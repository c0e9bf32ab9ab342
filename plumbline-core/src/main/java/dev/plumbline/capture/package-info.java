@NullMarked
package dev.plumbline.capture;

import org.jspecify.annotations.NullMarked;
