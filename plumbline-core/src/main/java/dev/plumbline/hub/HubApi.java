package dev.plumbline.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.hub.HubException.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The two questions that are put to the Hub: what a file is, and which files there are. Each is asked once. */
final class HubApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_LISTING = 1 << 26;

    private final HubHttp http;

    HubApi(HubHttp http) {
        this.http = http;
    }

    /**
     * What a file is at the repository's revision.
     *
     * @param onMissing told the commit if the Hub says that this commit has no such file
     */
    RemoteFile describe(HubRepo repo, RepoPath path, Consumer<String> onMissing) {
        URI address = http.endpoint().file(repo, path);
        try (HubResponse response = http.head(address)) {
            String commit = response.header("x-repo-commit").orElse("");
            if (response.status() != 200 && !response.isRedirect()) {
                HubException refusal = Refusal.of(response, repo, path, http.hasToken());
                if (refusal.reason() == Reason.FILE_NOT_FOUND && HubRepo.isCommit(commit)) {
                    onMissing.accept(commit);
                }
                throw refusal;
            }
            Etag etag = response.header("x-linked-etag")
                    .or(() -> response.header("etag"))
                    .flatMap(Etag::parse)
                    .orElseThrow(() -> notAHub(address, "no usable ETag header"));
            if (!HubRepo.isCommit(commit)) {
                throw notAHub(address, "no X-Repo-Commit header with a commit hash");
            }
            OptionalLong linked = response.number("x-linked-size");
            OptionalLong own = response.isRedirect() ? OptionalLong.empty() : response.number("content-length");
            return new RemoteFile(repo.at(commit), path, etag, linked.isPresent() ? linked : own);
        }
    }

    /** The files of the repository at its revision, with the commit that the revision stands for. */
    Listing list(HubRepo repo) {
        URI address = http.endpoint().listing(repo);
        try (HubResponse response = http.ask(address)) {
            if (response.status() != 200) {
                throw Refusal.ofListing(response, repo, http.hasToken());
            }
            return listing(repo, JSON.readTree(response.body().readAll(MAX_LISTING)), address);
        } catch (JsonProcessingException e) {
            throw notAHub(address, "not JSON");
        } catch (IOException e) {
            throw HubHttp.unreachable(address, e);
        } catch (InterruptedException e) {
            throw HubException.interrupted("reading the list of files of " + repo, e);
        }
    }

    private static Listing listing(HubRepo repo, @Nullable JsonNode json, URI address) {
        String commit = json == null ? "" : json.path("sha").asText();
        if (json == null || !HubRepo.isCommit(commit) || !json.path("siblings").isArray()) {
            throw notAHub(address, "no 'sha' with a commit hash or no 'siblings'");
        }
        List<Listing.Entry> entries = new ArrayList<>();
        for (JsonNode file : json.path("siblings")) {
            if (!file.path("rfilename").isTextual()) {
                throw notAHub(address, "a file without 'rfilename'");
            }
            entries.add(new Listing.Entry(file.path("rfilename").textValue(), contents(file)));
        }
        return new Listing(repo.at(commit), List.copyOf(entries), true);
    }

    private static Listing.@Nullable Contents contents(JsonNode file) {
        JsonNode large = file.path("lfs");
        JsonNode size = large.isObject() ? large.path("size") : file.path("size");
        @Nullable Etag gitBlob = Etag.parse(file.path("blobId").asText()).orElse(null);
        @Nullable Etag sha256 = Etag.parse(large.path("sha256").asText()).orElse(null);
        if (gitBlob == null
                || !size.canConvertToLong()
                || size.longValue() < 0
                || large.isObject() != (sha256 != null)) {
            return null;
        }
        return new Listing.Contents(size.longValue(), gitBlob, sha256);
    }

    private static HubException notAHub(URI address, String found) {
        return HubException.lasting(
                Reason.BAD_RESPONSE,
                Endpoint.withoutSecrets(address) + " does not answer as a Hub does (" + found
                        + "). Check HF_ENDPOINT and the proxy");
    }
}
