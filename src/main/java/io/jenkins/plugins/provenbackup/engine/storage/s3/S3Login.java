package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Where access key, secret and region come from. A user, in the location or beside it, together with a password is the access
 * key and its secret; without these it is what the AWS command line does: environment, profile file, container, and last the
 * instance's metadata service, which is asked once, for a second.
 */
final class S3Login {

    private S3Login() {}

    static AwsCredentialsProvider credentials(StorageLocation location, StorageCredentials given) {
        Optional<String> key = location.user().or(given::user);
        Optional<char[]> secret = given.password();
        try {
            if (key.isPresent() && secret.isPresent()) {
                // The SDK takes nothing but strings; this one cannot be wiped.
                return StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(key.get(), new String(secret.get())));
            }
        } finally {
            secret.ifPresent(password -> Arrays.fill(password, '\0'));
        }
        return AwsCredentialsProviderChain.builder()
                .reuseLastProviderEnabled(true)
                .addCredentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .addCredentialsProvider(SystemPropertyCredentialsProvider.create())
                .addCredentialsProvider(ProfileCredentialsProvider.create())
                .addCredentialsProvider(ContainerCredentialsProvider.create())
                .addCredentialsProvider(InstanceProfileCredentialsProvider.create())
                .build();
    }

    /** The region that is given, or usual here; empty when nobody says one. */
    static Optional<Region> region(S3Settings settings) {
        if (settings.region().isPresent()) {
            return settings.region().map(Region::of);
        }
        try {
            // Not the SDK's whole chain, which ends with a metadata service that makes others wait.
            return Optional.ofNullable(
                    new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                            .getRegion());
        } catch (SdkClientException nowhere) {
            return Optional.empty();
        }
    }
}
