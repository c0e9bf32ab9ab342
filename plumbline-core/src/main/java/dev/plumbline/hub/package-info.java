/**
 * Files of models and datasets from the Hugging Face Hub, kept in the cache that Python's {@code huggingface_hub} keeps,
 * so that what either has downloaded the other finds.
 *
 * <pre>
 * $HF_HUB_CACHE/
 *   models--org--name/
 *     blobs/&lt;etag&gt;                 contents; etag = SHA-256 of a large file, git blob SHA-1 of any other
 *     blobs/&lt;etag&gt;.incomplete      a download that can be resumed
 *     refs/main                    the commit that a branch or tag stood for when last asked
 *     snapshots/&lt;commit&gt;/&lt;file&gt;    relative symbolic link to the blob
 *     trees/&lt;commit&gt;.json          all files of the commit, so that an incomplete snapshot is recognised offline
 *     .no_exist/&lt;commit&gt;/&lt;file&gt;    empty; the commit has no such file
 *   datasets--org--name/…
 *   .locks/models--org--name/&lt;etag&gt;.lock
 * </pre>
 *
 * {@link dev.plumbline.hub.Hub} is the way in. Everything that the network says is checked before it is used: names before
 * they become paths, sizes and digests before a file gets its place in the cache. The access token goes to the configured
 * endpoint and to no other host.
 */
@NullMarked
package dev.plumbline.hub;

import org.jspecify.annotations.NullMarked;
