package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import io.jenkins.plugins.provenbackup.engine.storage.RetryPolicy;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.util.List;
import java.util.Optional;

/**
 * Which places to open, and how.
 *
 * @param locations at least one
 * @param mode whether a folder that is not there is made
 * @param options how to reach those that are not local
 * @param retry how stubborn to be with what may pass
 * @param upload shared by all, when given
 * @param download shared by all, when given
 */
public record OpenRequest(
        List<StorageLocation> locations,
        OpenMode mode,
        StorageOptions options,
        RetryPolicy retry,
        Optional<RateLimit> upload,
        Optional<RateLimit> download) {

    public OpenRequest {
        if (locations.isEmpty()) {
            throw new IllegalArgumentException("at least one location is needed");
        }
        locations = List.copyOf(locations);
    }

    /** Existing places, with the usual stubbornness and no limits. */
    public static OpenRequest of(List<StorageLocation> locations, StorageOptions options) {
        return new OpenRequest(
                locations, OpenMode.EXISTING, options, RetryPolicy.defaults(), Optional.empty(), Optional.empty());
    }

    /** The same with limits. */
    public OpenRequest withLimits(Optional<RateLimit> newUpload, Optional<RateLimit> newDownload) {
        return new OpenRequest(locations, mode, options, retry, newUpload, newDownload);
    }

    /** The same with another mode. */
    public OpenRequest withMode(OpenMode newMode) {
        return new OpenRequest(locations, newMode, options, retry, upload, download);
    }
}
