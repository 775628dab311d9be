package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Proves a bucket of an S3-compatible object store and what its keys may do. */
final class ObjectStoreProof {
    private static final Duration PRESIGNED = Duration.ofMinutes(1);
    private static final int OK = 200;

    private final ObjectStore store;
    private final Subject subject;
    private final Gate gate;
    private final String mark;
    private final ObjectStoreFaults faults;

    /**
     * Proves it.
     *
     * @param mark start of the names of what the trials make
     */
    ObjectStoreProof(ObjectStore store, Subject subject, Gate gate, String mark) {
        this.store = store;
        this.subject = subject;
        this.gate = gate;
        this.mark = mark;
        this.faults = new ObjectStoreFaults(store, subject);
    }

    List<Check> checks() {
        var reach = subject.check("objectStore.reach", subject.name() + " answers", this::reach);
        var login = "The object store lets the platform into bucket " + store.bucket();
        return switch (store.access()) {
            case Access.Keys keys ->
                List.of(
                        reach,
                        subject.check("objectStore.login", login, () -> login(keys)),
                        subject.check(
                                        "objectStore.rights",
                                        "Objects can be put, got, listed and deleted",
                                        () -> rights(keys))
                                .asTrial(),
                        subject.check(
                                        "objectStore.multipart",
                                        "Large objects can be put in parts",
                                        () -> multipart(keys))
                                .asTrial(),
                        subject.check("objectStore.presigned", "Signed links lead to objects", () -> presigned(keys))
                                .asTrial());
            case Access.WorkloadIdentity workload ->
                List.of(
                        reach,
                        Check.of("objectStore.login", login, () -> new Check.Result.Warned(onlyInside(workload))));
            case Access.Token token ->
                List.of(reach, Check.of("objectStore.login", login, () -> new Check.Result.Failed(tokenless())));
        };
    }

    private Problem onlyInside(Access.WorkloadIdentity workload) {
        return Problem.of(
                Reason.UNSUPPORTED,
                "Access to bucket %s was not proved: only pods of service account %s get the role %s"
                        .formatted(store.bucket(), workload.serviceAccount(), workload.role()),
                "The smoke checks after the install prove it from inside");
    }

    private static Problem tokenless() {
        return Problem.of(
                Reason.INVALID,
                "An object store takes keys or a workload identity, not a token",
                "Answer an access key and a secret key");
    }

    private Check.Result reach() throws IOException, InterruptedException {
        try (var connected = subject.line().open()) {
            return new Check.Result.Passed("reached, " + TlsWords.of(connected, subject.line()));
        }
    }

    private Check.Result login(Access.Keys keys) throws IOException, InterruptedException {
        return in(keys, client -> new Check.Result.Passed("bucket " + store.bucket()));
    }

    private Check.Result rights(Access.Keys keys) throws IOException, InterruptedException {
        var key = mark + "-object";
        var content = mark.getBytes(StandardCharsets.UTF_8);
        return in(keys, client -> {
            var version = told(
                    "put an object",
                    () -> Optional.ofNullable(client.putObject(
                                    request -> request.bucket(store.bucket()).key(key), RequestBody.fromBytes(content))
                            .versionId()));
            byte[] read;
            boolean listed;
            try {
                read = told(
                        "get an object",
                        () -> client.getObjectAsBytes(request ->
                                        request.bucket(store.bucket()).key(key))
                                .asByteArray());
                listed = told(
                        "list objects",
                        () -> client.listObjectsV2(request -> request.bucket(store.bucket())
                                        .prefix(key)
                                        .maxKeys(1))
                                .hasContents());
            } finally {
                delete(client, key, version);
            }
            return listed && Arrays.equals(read, content)
                    ? new Check.Result.Passed("put, get, list, delete")
                    : new Check.Result.Failed(notTheSame());
        });
    }

    // In a bucket that keeps versions a deletion only adds a marker: both are removed by their ids.
    private void delete(S3Client client, String key, Optional<String> version) {
        var marker = told(
                "delete an object",
                () -> Optional.ofNullable(client.deleteObject(
                                request -> request.bucket(store.bucket()).key(key))
                        .versionId()));
        for (var old : List.of(version, marker)) {
            old.ifPresent(id -> told(
                    "delete a version of an object",
                    () -> client.deleteObject(
                            request -> request.bucket(store.bucket()).key(key).versionId(id))));
        }
    }

    private Check.Result multipart(Access.Keys keys) throws IOException, InterruptedException {
        var key = mark + "-parts";
        return in(keys, client -> {
            var upload = told(
                    "start an upload in parts",
                    () -> client.createMultipartUpload(
                                    request -> request.bucket(store.bucket()).key(key))
                            .uploadId());
            told(
                    "abort an upload in parts",
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(store.bucket()).key(key).uploadId(upload)));
            return new Check.Result.Passed("started and aborted");
        });
    }

    private Check.Result presigned(Access.Keys keys) throws IOException, InterruptedException {
        var key = mark + "-link";
        var content = mark.getBytes(StandardCharsets.UTF_8);
        return in(keys, client -> {
            var version = told(
                    "put an object",
                    () -> Optional.ofNullable(client.putObject(
                                    request -> request.bucket(store.bucket()).key(key), RequestBody.fromBytes(content))
                            .versionId()));
            try (var presigner = presigner(keys)) {
                var link = presigner.presignGetObject(request -> request.signatureDuration(PRESIGNED)
                        .getObjectRequest(get -> get.bucket(store.bucket()).key(key)));
                var request =
                        HttpExecuteRequest.builder().request(link.httpRequest()).build();
                var answer =
                        new LineHttp(subject.line()).prepareRequest(request).call();
                int status = answer.httpResponse().statusCode();
                return status == OK
                        ? new Check.Result.Passed("followed")
                        : new Check.Result.Failed(faults.answered(status, "", "", "follow a signed link"));
            } finally {
                delete(client, key, version);
            }
        });
    }

    private Problem notTheSame() {
        return Problem.of(
                Reason.FAILED,
                "%s does not give back what was put a moment ago".formatted(subject.name()),
                "Use an object store whose reads see finished writes");
    }

    /** What is done once the store let us in. */
    private interface Use {
        Check.Result of(S3Client client) throws IOException;
    }

    private interface Answer<T> {
        T get();
    }

    private <T> T told(String purpose, Answer<T> answer) {
        try {
            return answer.get();
        } catch (SdkException refused) {
            throw faults.refusal(refused, purpose);
        }
    }

    private Check.Result in(Access.Keys keys, Use use) throws IOException, InterruptedException {
        try (var client = client(keys)) {
            gate.enter(
                    "%s as %s".formatted(subject.name(), keys.accessKey()),
                    Optional.of(keys.secretKey()),
                    () -> told(
                            "list objects",
                            () -> client.listObjectsV2(
                                    request -> request.bucket(store.bucket()).maxKeys(1))));
            return use.of(client);
        }
    }

    private S3Client client(Access.Keys keys) {
        return S3Client.builder()
                .httpClient(new LineHttp(subject.line()))
                .endpointOverride(store.endpoint())
                .region(Region.of(store.region()))
                .credentialsProvider(credentials(keys))
                .serviceConfiguration(configuration())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .disableS3ExpressSessionAuth(true)
                .overrideConfiguration(settings ->
                        settings.retryStrategy(AwsRetryStrategy.doNotRetry()).defaultProfileFile(noFile()))
                .build();
    }

    private S3Presigner presigner(Access.Keys keys) {
        return S3Presigner.builder()
                .endpointOverride(store.endpoint())
                .region(Region.of(store.region()))
                .credentialsProvider(credentials(keys))
                .serviceConfiguration(configuration())
                .disableS3ExpressSessionAuth(true)
                .build();
    }

    private static StaticCredentialsProvider credentials(Access.Keys keys) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.accessKey(), keys.secretKey().reveal()));
    }

    // Not what stands in the environment of this program.
    private S3Configuration configuration() {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(store.pathStyle())
                .chunkedEncodingEnabled(false)
                .profileFile(ObjectStoreProof::noFile)
                .useArnRegionEnabled(false)
                .multiRegionEnabled(false)
                .build();
    }

    private static ProfileFile noFile() {
        return ProfileFile.aggregator().build();
    }
}
