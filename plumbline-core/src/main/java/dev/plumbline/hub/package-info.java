@NullMarked
package dev.plumbline.hub;

import org.jspecify.annotations.NullMarked;
