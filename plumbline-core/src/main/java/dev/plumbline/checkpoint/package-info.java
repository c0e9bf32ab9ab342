@NullMarked
package dev.plumbline.checkpoint;

import org.jspecify.annotations.NullMarked;
