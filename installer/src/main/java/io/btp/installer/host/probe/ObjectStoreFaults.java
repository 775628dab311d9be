package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Names why an object store refused. Its codes:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
record ObjectStoreFaults(ObjectStore store, Subject subject) {
    /**
     * Names it.
     *
     * @param purpose what was tried, for example {@code put an object}
     */
    ProviderException refusal(SdkException refused, String purpose) {
        var known = Faults.find(refused, ProviderException.class);
        if (known.isPresent()) {
            return known.get();
        }
        if (refused instanceof S3Exception answer) {
            return new ProviderException(answered(answer, purpose), refused);
        }
        var broken = Faults.find(refused, IOException.class);
        if (broken.isPresent()) {
            return new ProviderException(
                    Faults.of(broken.get(), subject.name(), subject.line().host()), broken.get());
        }
        return new ProviderException(
                Problem.of(
                                Reason.FAILED,
                                "%s could not %s".formatted(subject.name(), purpose),
                                "See whether endpoint, region and bucket are right")
                        .evidence(List.of(Faults.words(refused))),
                refused);
    }

    /** Names what an answer without the client means. */
    Problem answered(int status, String code, String words, String purpose) {
        return problem(status, code, purpose)
                .evidence(List.of("The object store said: %d %s %s"
                        .formatted(status, code, words)
                        .strip()));
    }

    private Problem answered(S3Exception answer, String purpose) {
        var details = Optional.ofNullable(answer.awsErrorDetails());
        var code = details.map(AwsErrorDetails::errorCode).orElse("");
        var words = details.map(AwsErrorDetails::errorMessage).orElse("");
        return answered(
                answer.statusCode(), code, words.length() > 300 ? words.substring(0, 300) + " …" : words, purpose);
    }

    private Problem problem(int status, String code, String purpose) {
        return switch (code) {
            case "InvalidAccessKeyId" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not know the access key".formatted(subject.name()),
                        "Correct the access key");
            case "SignatureDoesNotMatch" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not accept the secret key".formatted(subject.name()),
                        "Correct the secret key; a proxy that changes the Host header has the same effect");
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s says the keys have run out".formatted(subject.name()),
                        "Answer keys that last: temporary ones do not suit a platform");
            case "RequestTimeTooSkewed" ->
                Problem.of(
                        Reason.INVALID,
                        "The clocks of this machine and of %s differ too much".formatted(subject.name()),
                        "Set this machine's clock");
            case "NoSuchBucket" -> noBucket();
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraintException" -> region();
            case "NotImplemented", "MethodNotAllowed" ->
                Problem.of(
                        Reason.UNSUPPORTED,
                        "%s cannot %s".formatted(subject.name(), purpose),
                        "Use an object store that can; the platform needs it");
            case "QuotaExceeded", "EntityTooLarge", "XMinioStorageFull" ->
                Problem.of(Reason.QUOTA, "%s is full".formatted(subject.name()), "Raise the quota");
            default -> byStatus(status, purpose);
        };
    }

    private Problem byStatus(int status, String purpose) {
        return switch (status) {
            case 401 ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not accept the keys".formatted(subject.name()),
                        "Correct access key and secret key");
            case 403 ->
                Problem.of(
                        Reason.FORBIDDEN,
                        "The access key may not %s in bucket %s".formatted(purpose, store.bucket()),
                        "Allow s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject and"
                                + " s3:AbortMultipartUpload on the bucket and its objects");
            case 404 -> noBucket();
            case 301, 307 -> region();
            case 429, 500, 502, 503, 504 ->
                Problem.of(
                        Reason.TRANSIENT,
                        "%s could not %s now".formatted(subject.name(), purpose),
                        "Look whether it is well, then run the same command again");
            case 501 ->
                Problem.of(
                        Reason.UNSUPPORTED,
                        "%s cannot %s".formatted(subject.name(), purpose),
                        "Use an object store that can; the platform needs it");
            default ->
                Problem.of(
                        Reason.FAILED,
                        "%s refused to %s".formatted(subject.name(), purpose),
                        "See whether endpoint, path style and bucket are right");
        };
    }

    private Problem noBucket() {
        return Problem.of(
                Reason.NOT_FOUND,
                "%s has no bucket %s".formatted(subject.name(), store.bucket()),
                "Create the bucket, or correct its name, region and path style");
    }

    private Problem region() {
        return Problem.of(
                Reason.INVALID,
                "Bucket %s is in another region than %s".formatted(store.bucket(), store.region()),
                "Answer the bucket's region and the endpoint of that region");
    }
}
