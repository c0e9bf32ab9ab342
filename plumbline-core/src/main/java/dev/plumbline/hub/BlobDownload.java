package dev.plumbline.hub;

import dev.plumbline.hub.HubException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the contents of one file to its blob: bytes are appended to {@code <blob>.incomplete}, through broken connections
 * and earlier runs, until they are all there; then checked against size and digest; and only then renamed.
 */
final class BlobDownload {
    private static final Logger LOG = LoggerFactory.getLogger(BlobDownload.class);
    private static final long REPORT_EVERY = 1 << 18;

    /** Getting this much further than ever before earns a fresh set of attempts. */
    private static final long PROGRESS = 1 << 20;

    private final HubHttp http;
    private final Retries retries;
    private final RemoteFile file;
    private final Path folder;
    private final Path blob;
    private final Path incomplete;
    private final DownloadListener listener;

    /** @param folder that of the blobs */
    BlobDownload(HubHttp http, Retries retries, RemoteFile file, Path folder, DownloadListener listener) {
        this.http = http;
        this.retries = retries;
        this.file = file;
        this.folder = folder;
        this.blob = folder.resolve(file.etag().value());
        this.incomplete = folder.resolve(file.etag() + ".incomplete");
        this.listener = listener;
    }

    /** Downloads and checks; the caller holds the blob's lock. */
    void run() throws IOException {
        Files.createDirectories(folder);
        boolean resumed = transfer();
        Optional<Etag> digest = file.etag().digestOf(incomplete);
        if (resumed && isWrong(digest)) {
            LOG.info("What an earlier download left of {} does not fit; starting over", file.path());
            Files.delete(incomplete);
            transfer();
            digest = file.etag().digestOf(incomplete);
        }
        if (isWrong(digest)) {
            Files.delete(incomplete);
            throw HubException.lasting(
                    Reason.CORRUPT,
                    "The file '" + file.path() + "' of " + file.repo() + " arrived with digest "
                            + digest.map(Etag::value).orElse("") + "; expected " + file.etag()
                            + ". It was deleted. Download it again; if this recurs, a proxy or mirror (HF_ENDPOINT) may"
                            + " alter files");
        }
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean isWrong(Optional<Etag> digest) {
        return digest.isPresent() && !digest.get().equals(file.etag());
    }

    /** Completes the incomplete file; returns whether some of it was left by an earlier run. */
    private boolean transfer() throws IOException {
        try (FileChannel out = FileChannel.open(incomplete, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (file.size().isPresent() && out.size() > file.size().getAsLong()) {
                out.truncate(0);
            }
            long left = out.size();
            requireSpace(left);
            long furthest = left;
            while (!isComplete(out)) {
                try {
                    attempt(out);
                    break;
                } catch (HubException e) {
                    if (e.retriable() && out.size() >= furthest + PROGRESS) {
                        furthest = out.size();
                        retries.reset();
                    }
                    retries.waitAfter(e);
                }
            }
            out.force(true);
            return left > 0;
        }
    }

    private void requireSpace(long done) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        long needed = file.size().orElse(0) - done;
        if (needed > free) {
            throw DiskFailure.full(folder, "'" + file.path() + "' needs " + needed + " bytes, " + free + " are free");
        }
    }

    private boolean isComplete(FileChannel out) throws IOException {
        return file.size().isPresent() && out.size() == file.size().getAsLong();
    }

    /** Asks for the rest of the file; returns when it is all there. */
    private void attempt(FileChannel out) throws IOException {
        URI address = http.endpoint().file(file.repo(), file.path());
        try (HubResponse response = http.download(address, out.size())) {
            int status = response.status();
            if (status == 200 || (status == 206 && response.start().equals(OptionalLong.of(out.size())))) {
                receive(response, out);
                return;
            }
            if (out.size() == 0 || (status != 206 && status != 416)) {
                throw Refusal.of(response, file.repo(), "file '" + file.path() + "'", http.hasToken());
            }
        }
        LOG.debug("{} cannot be resumed at byte {}; starting over", file.path(), out.size());
        out.truncate(0);
        attempt(out);
    }

    private void receive(HubResponse response, FileChannel out) throws IOException {
        OptionalLong total = file.size().isPresent() ? file.size() : response.total();
        if (response.total().isPresent() && !response.total().equals(total)) {
            throw wrongSize(response, response.total().getAsLong() + " bytes are offered");
        }
        if (!response.header("content-encoding").orElse("identity").equalsIgnoreCase("identity")) {
            throw wrongSize(response, "it is compressed, which was not asked for");
        }
        if (response.status() == 200) {
            out.truncate(0);
        }
        long done = out.size();
        long reported = done;
        out.position(done);
        report(done, total);
        for (List<ByteBuffer> buffers = next(response); !buffers.isEmpty(); buffers = next(response)) {
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    done += out.write(buffer);
                }
            }
            if (total.isPresent() && done > total.getAsLong()) {
                out.truncate(0);
                throw wrongSize(response, "more bytes arrive");
            }
            if (done >= reported + REPORT_EVERY) {
                report(done, total);
                reported = done;
            }
        }
        if (total.isPresent() && done < total.getAsLong()) {
            throw broken(response, new EOFException("the body ends at byte " + done + " of " + total.getAsLong()));
        }
        if (done > reported) {
            report(done, total);
        }
    }

    private List<ByteBuffer> next(HubResponse response) {
        try {
            return response.body().next();
        } catch (IOException e) {
            throw broken(response, e);
        } catch (InterruptedException e) {
            throw HubException.interrupted("downloading '" + file.path() + "' of " + file.repo(), e);
        }
    }

    private HubException broken(HubResponse response, IOException cause) {
        return HubException.passing(
                Reason.UNREACHABLE,
                "The download of '" + file.path() + "' of " + file.repo() + " from "
                        + Endpoint.withoutSecrets(response.address()) + " broke off: " + cause.getMessage()
                        + ". What arrived is kept; call again to continue",
                cause);
    }

    private HubException wrongSize(HubResponse response, String found) {
        return HubException.lasting(
                Reason.CORRUPT,
                "The file '" + file.path() + "' of " + file.repo() + " should have "
                        + file.size().orElse(response.total().orElse(0)) + " bytes, but from "
                        + Endpoint.withoutSecrets(response.address()) + " " + found
                        + ". Check HF_ENDPOINT and the proxy: something between may alter files");
    }

    private void report(long done, OptionalLong total) {
        listener.progressed(new DownloadProgress(file.path().value(), done, total));
    }
}
