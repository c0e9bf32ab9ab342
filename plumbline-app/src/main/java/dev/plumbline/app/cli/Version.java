package dev.plumbline.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version written into the jar at build time. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"plumb " + (version == null ? "(unpackaged)" : version)};
    }
}
