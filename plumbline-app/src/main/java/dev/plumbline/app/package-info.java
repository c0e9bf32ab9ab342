/** The program: its entry point and nothing else. Only {@link dev.plumbline.app.Main} exits. */
@NullMarked
package dev.plumbline.app;

import org.jspecify.annotations.NullMarked;
