@NullMarked
package dev.plumbline.model.family;

import org.jspecify.annotations.NullMarked;
