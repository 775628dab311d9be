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
import java.net.URI;
import java.util.List;
import java.util.Map;
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
    private static final Question<Secret> OTHER_ACCESS_KEY =
            ACCESS_KEY.optional().help("Without an answer those of the platform");
    private static final Question<Secret> OTHER_SECRET_KEY =
            SECRET_KEY.optional().help("Without an answer those of the platform");
    static final Question<Map<String, Bucket>> USES = Question.forms(
                    "uses",
                    "buckets of other uses",
                    Form.of(
                                    answers -> new Bucket(
                                            answers.get(BUCKET),
                                            answers.find(OTHER_ACCESS_KEY)
                                                    .map(key -> new Login(key, answers.get(OTHER_SECRET_KEY)))),
                                    BUCKET,
                                    OTHER_ACCESS_KEY,
                                    OTHER_SECRET_KEY)
                            .rule(
                                    "both keys or none",
                                    answers -> answers.find(OTHER_ACCESS_KEY).isPresent()
                                                    == answers.find(OTHER_SECRET_KEY)
                                                            .isPresent()
                                            ? Optional.empty()
                                            : Optional.of("accessKey and secretKey belong together"),
                                    OTHER_ACCESS_KEY,
                                    OTHER_SECRET_KEY))
            .because("What is installed beside the platform keeps its data apart.")
            .help("In the same store; a name for each of those that the plan says need one");

    /** A pair of keys. */
    record Login(Secret accessKey, Secret secretKey) {}

    /** A bucket of another use; without a login it is that of the platform. */
    record Bucket(String name, Optional<Login> login) {}

    record Configuration(
            URI endpoint,
            String region,
            String bucket,
            boolean pathStyle,
            Login login,
            Optional<String> caFile,
            Map<String, Bucket> uses) {
        Configuration {
            uses = Map.copyOf(uses);
        }
    }

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "endpoint",
                        "Existing S3 bucket",
                        "Keeps objects in an S3 bucket that you run and back up; nothing but its objects is changed.")
                .adds("nothing");
    }

    @Override
    public Slot<ObjectStore> slot() {
        return Slots.OBJECT_STORE;
    }

    @Override
    public Form<Configuration> form() {
        var form = Form.of(
                answers -> new Configuration(
                        answers.get(ENDPOINT),
                        answers.get(REGION),
                        answers.get(BUCKET),
                        answers.get(PATH_STYLE),
                        new Login(answers.get(ACCESS_KEY), answers.get(SECRET_KEY)),
                        answers.find(TlsQuestions.CA_FILE),
                        answers.find(USES).orElseGet(Map::of)),
                ENDPOINT,
                REGION,
                BUCKET,
                PATH_STYLE,
                ACCESS_KEY,
                SECRET_KEY,
                TlsQuestions.CA_FILE,
                USES);
        return Addresses.ruled(form, ENDPOINT, Addresses.Part.HOST);
    }

    @Override
    public Component<ObjectStore> open(Configuration configuration, Context context) {
        return Endpoint.of(
                        Slots.OBJECT_STORE,
                        context,
                        () -> record(configuration, configuration.bucket(), configuration.login()))
                .uses(
                        configuration.uses(),
                        bucket -> record(
                                configuration, bucket.name(), bucket.login().orElse(configuration.login())),
                        List.of(BUCKET.key()));
    }

    private static ObjectStore record(Configuration configuration, String bucket, Login login) {
        return new ObjectStore(
                configuration.endpoint(),
                configuration.region(),
                bucket,
                configuration.pathStyle(),
                new Access.Keys(login.accessKey().reveal(), login.secretKey()),
                Addresses.tls(configuration.endpoint(), configuration.caFile()));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }
}
