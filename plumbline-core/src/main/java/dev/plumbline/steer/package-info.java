@NullMarked
package dev.plumbline.steer;

import org.jspecify.annotations.NullMarked;
