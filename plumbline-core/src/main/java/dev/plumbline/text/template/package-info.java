@NullMarked
package dev.plumbline.text.template;

import org.jspecify.annotations.NullMarked;
