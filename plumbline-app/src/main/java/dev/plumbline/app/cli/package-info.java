/**
 * The command line. A command is options, one library call, and printing: data on stdout, progress and logs on stderr.
 * It returns an {@link dev.plumbline.app.cli.ExitCode}.
 */
@NullMarked
package dev.plumbline.app.cli;

import org.jspecify.annotations.NullMarked;
