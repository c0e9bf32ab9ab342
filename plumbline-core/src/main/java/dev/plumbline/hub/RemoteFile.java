package dev.plumbline.hub;

import java.util.OptionalLong;

/**
 * What the Hub knows of a file.
 *
 * @param repo pinned to the commit that the file was found in
 * @param size in bytes; unknown if the server did not say
 */
record RemoteFile(HubRepo repo, RepoPath path, Etag etag, OptionalLong size) {}
