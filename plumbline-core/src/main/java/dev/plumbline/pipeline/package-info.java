@NullMarked
package dev.plumbline.pipeline;

import org.jspecify.annotations.NullMarked;
