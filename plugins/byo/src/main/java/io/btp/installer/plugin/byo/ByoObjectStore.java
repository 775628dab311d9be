package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.Optional;

/** A bucket in an S3-compatible object store that is there already. */
final class ByoObjectStore implements Provider<ByoObjectStore.Configuration, ObjectStore> {
    static final Question<URI> ENDPOINT = Question.url("endpoint", "endpoint")
            .example("https://s3.acme.example")
            .help("Base address without the bucket; https is verified, http is plain text");
    static final Question<String> REGION = Question.text("region", "region")
            .matching("[a-z0-9-]{1,63}", "eu-central-1")
            .defaultsTo("us-east-1")
            .help("What requests are signed for; most stores outside AWS take us-east-1");
    static final Question<String> BUCKET =
            Question.text("bucket", "bucket").matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "btp");
    static final Question<Boolean> PATH_STYLE = Question.flag("pathStyle", "path style")
            .defaultsTo(true)
            .help("Yes where the bucket stands in the path, no where it stands in the host name as on AWS");
    static final Question<Secret> ACCESS_KEY =
            Question.secret("accessKey", "access key").example("${env:S3_ACCESS_KEY}");
    static final Question<Secret> SECRET_KEY =
            Question.secret("secretKey", "secret key").example("${env:S3_SECRET_KEY}");

    record Configuration(
            URI endpoint,
            String region,
            String bucket,
            boolean pathStyle,
            Secret accessKey,
            Secret secretKey,
            Optional<String> caFile) {}

    @Override
    public Description description() {
        return Description.of(
                "byo",
                "endpoint",
                "Existing S3 bucket",
                "Uses a bucket that is there already, and changes nothing but its objects.");
    }

    @Override
    public Slot<ObjectStore> slot() {
        return Slots.OBJECT_STORE;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                        answers -> new Configuration(
                                answers.get(ENDPOINT),
                                answers.get(REGION),
                                answers.get(BUCKET),
                                answers.get(PATH_STYLE),
                                answers.get(ACCESS_KEY),
                                answers.get(SECRET_KEY),
                                answers.find(TlsQuestions.CA_FILE)),
                        ENDPOINT,
                        REGION,
                        BUCKET,
                        PATH_STYLE,
                        ACCESS_KEY,
                        SECRET_KEY,
                        TlsQuestions.CA_FILE)
                .rule(
                        "endpoint is http or https, without path",
                        answers -> isBase(answers.get(ENDPOINT))
                                ? Optional.empty()
                                : Optional.of(
                                        "%s is not the base address of an object store, expected for example https://s3.acme.example"
                                                .formatted(answers.get(ENDPOINT))),
                        ENDPOINT)
                .rule(
                        "caFile only with https",
                        answers -> answers.find(TlsQuestions.CA_FILE).isPresent() && !isEncrypted(answers.get(ENDPOINT))
                                ? Optional.of(
                                        "The endpoint is plain text, so caFile has no effect; answer an https endpoint, or leave caFile out")
                                : Optional.empty(),
                        ENDPOINT,
                        TlsQuestions.CA_FILE);
    }

    @Override
    public Component<ObjectStore> open(Configuration configuration, Context context) {
        return new Endpoint<>(
                "bucket",
                context,
                () -> new ObjectStore(
                        configuration.endpoint(),
                        configuration.region(),
                        configuration.bucket(),
                        configuration.pathStyle(),
                        new Access.Keys(configuration.accessKey().reveal(), configuration.secretKey()),
                        TlsQuestions.tls(
                                isEncrypted(configuration.endpoint()) ? Tls.Mode.VERIFY_FULL : Tls.Mode.DISABLE,
                                configuration.caFile())));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }

    private static boolean isEncrypted(URI endpoint) {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }

    private static boolean isBase(URI endpoint) {
        var scheme = Optional.ofNullable(endpoint.getScheme()).orElse("");
        var path = Optional.ofNullable(endpoint.getPath()).orElse("");
        return (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                && endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && endpoint.getQuery() == null
                && (path.isEmpty() || path.equals("/"));
    }
}
