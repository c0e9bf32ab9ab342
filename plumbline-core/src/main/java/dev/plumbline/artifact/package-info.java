/**
 * The file formats that are exchanged with other tools, read and written. Whatever a file says about itself is checked
 * before it is believed: damaged and hostile files end in a {@link dev.plumbline.artifact.MalformedArtifactException} that
 * says which file, what and where. Files are replaced whole or not at all ({@link dev.plumbline.artifact.AtomicFile}).
 *
 * <p>Conversions between conventions (which layer a row is, what a kind of vector is called) happen here and nowhere else.
 */
@NullMarked
package dev.plumbline.artifact;

import org.jspecify.annotations.NullMarked;
