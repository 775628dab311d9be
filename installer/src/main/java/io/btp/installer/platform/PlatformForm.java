package io.btp.installer.platform;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Form;
import io.btp.installer.api.Login;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** What the platform asks. */
final class PlatformForm {
    private static final String DEGREES = "-?[0-9]{1,3}(\\.[0-9]{1,6})?";

    private static final Question<URI> REGISTRY_URL = Question.url("registry.url", "registry")
            .optional()
            .help("Holds the chart settlemint, for example a mirror of the vendor's registry")
            .example("oci://registry.example/settlemint");
    private static final Question<String> REGISTRY_USERNAME =
            Question.text("registry.username", "registry user").optional();
    private static final Question<Secret> REGISTRY_PASSWORD =
            Question.secret("registry.password", "registry password").optional();
    private static final Question<String> LICENSE_USERNAME =
            Question.text("license.username", "licence account").optional();
    private static final Question<Secret> LICENSE_PASSWORD =
            Question.secret("license.password", "licence token").optional();
    private static final Question<Secret> LICENSE_SIGNATURE =
            Question.secret("license.signature", "licence signature").optional();
    private static final Question<String> LICENSE_EMAIL =
            Question.email("license.email", "licence e-mail address").optional();
    private static final Question<String> LICENSE_EXPIRES = Question.text(
                    "license.expirationDate", "last day of the licence")
            .matching("[0-9]{4}-[0-9]{2}-[0-9]{2}", "2030-12-31")
            .optional();
    private static final Question<Secret> JWT_SIGNING_KEY = Question.secret(
                    "secrets.jwtSigningKey", "key that signs the platform's tokens")
            .generatedBy(PlatformSecrets.JWT.rule());
    private static final Question<Secret> IPFS_CLUSTER_SECRET = Question.secret(
                    "secrets.ipfsClusterSecret", "secret of the IPFS cluster")
            .generatedBy(PlatformSecrets.IPFS.rule());
    private static final Question<Secret> STATE_ENCRYPTION_KEY = Question.secret(
                    "secrets.stateEncryptionKey", "key that encrypts the deployment engine's state")
            .generatedBy(PlatformSecrets.STATE.rule());
    private static final Question<String> TARGET_ID =
            Question.label("target.id", "deployment target").defaultsTo("aws");
    private static final Question<String> TARGET_NAME =
            Question.text("target.name", "name of the deployment target").defaultsTo("AWS");
    private static final Question<String> TARGET_ICON =
            Question.label("target.icon", "icon of the deployment target").defaultsTo("aws");
    private static final Question<String> CLUSTER_NAME =
            Question.text("target.cluster", "name of the cluster for users").defaultsTo("Primary");
    private static final Question<String> LATITUDE = Question.text("target.latitude", "latitude on the users' map")
            .matching(DEGREES, "50.8505")
            .defaultsTo("50.8505");
    private static final Question<String> LONGITUDE = Question.text("target.longitude", "longitude on the users' map")
            .matching(DEGREES, "4.3488")
            .defaultsTo("4.3488");
    private static final Question<Integer> FIRST_NODE_PORT = Question.port(
                    "target.firstNodePort", "first node port for users' workloads")
            .defaultsTo(30_000);
    private static final Question<Integer> LAST_NODE_PORT = Question.port(
                    "target.lastNodePort", "last node port for users' workloads")
            .defaultsTo(32_767);
    private static final Question<String> EMAIL_FROM =
            Question.email("email.from", "sender of mail").optional();
    private static final Question<String> EMAIL_HOST =
            Question.host("email.host", "mail server").optional();
    private static final Question<Integer> EMAIL_PORT =
            Question.port("email.port", "mail server's port").defaultsTo(587);
    private static final Question<String> EMAIL_USERNAME =
            Question.text("email.username", "mail user").optional();
    private static final Question<Secret> EMAIL_PASSWORD =
            Question.secret("email.password", "mail password").optional();
    private static final Question<String> GOOGLE_ID =
            Question.text("google.clientId", "Google client id").optional();
    private static final Question<Secret> GOOGLE_SECRET =
            Question.secret("google.clientSecret", "Google client secret").optional();
    private static final Question<String> STORAGE_CLASS = Question.text("storageClass", "storage class")
            .optional()
            .suggestedBy(
                    (answers, context, records) -> context.kubernetes(records).storageClasses())
            .help("For the platform's volumes; the cluster's default where nothing is said");
    private static final Question<String> VALUES_FILE = Question.path("valuesFile", "file with chart values")
            .optional()
            .help("YAML, merged deeply over what the installer sets and under values");

    private PlatformForm() {}

    static Form<PlatformConfiguration> form() {
        return Form.of(
                        PlatformForm::configuration,
                        REGISTRY_URL,
                        REGISTRY_USERNAME,
                        REGISTRY_PASSWORD,
                        LICENSE_USERNAME,
                        LICENSE_PASSWORD,
                        LICENSE_SIGNATURE,
                        LICENSE_EMAIL,
                        LICENSE_EXPIRES,
                        JWT_SIGNING_KEY,
                        IPFS_CLUSTER_SECRET,
                        STATE_ENCRYPTION_KEY,
                        TARGET_ID,
                        TARGET_NAME,
                        TARGET_ICON,
                        CLUSTER_NAME,
                        LATITUDE,
                        LONGITUDE,
                        FIRST_NODE_PORT,
                        LAST_NODE_PORT,
                        EMAIL_FROM,
                        EMAIL_HOST,
                        EMAIL_PORT,
                        EMAIL_USERNAME,
                        EMAIL_PASSWORD,
                        GOOGLE_ID,
                        GOOGLE_SECRET,
                        STORAGE_CLASS,
                        VALUES_FILE)
                .rule(
                        "registry.username with registry.password",
                        answers -> together(answers, REGISTRY_USERNAME, REGISTRY_PASSWORD),
                        REGISTRY_USERNAME,
                        REGISTRY_PASSWORD)
                .rule(
                        "license.username with license.password",
                        answers -> together(answers, LICENSE_USERNAME, LICENSE_PASSWORD),
                        LICENSE_USERNAME,
                        LICENSE_PASSWORD)
                .rule(
                        "license.username with license.expirationDate",
                        answers -> together(answers, LICENSE_USERNAME, LICENSE_EXPIRES),
                        LICENSE_USERNAME,
                        LICENSE_EXPIRES)
                .rule(
                        "email.from with email.host",
                        answers -> together(answers, EMAIL_FROM, EMAIL_HOST),
                        EMAIL_FROM,
                        EMAIL_HOST)
                .rule(
                        "email.username with email.password",
                        answers -> together(answers, EMAIL_USERNAME, EMAIL_PASSWORD),
                        EMAIL_USERNAME,
                        EMAIL_PASSWORD)
                .rule(
                        "google.clientId with google.clientSecret",
                        answers -> together(answers, GOOGLE_ID, GOOGLE_SECRET),
                        GOOGLE_ID,
                        GOOGLE_SECRET);
    }

    private static Optional<String> together(Answers answers, Question<?> one, Question<?> other) {
        if (answers.find(one).isPresent() == answers.find(other).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(one.key() + " and " + other.key() + " are given together or not at all");
    }

    private static PlatformConfiguration configuration(Answers answers) {
        return new PlatformConfiguration(
                new PlatformConfiguration.Registry(
                        answers.find(REGISTRY_URL), login(answers, REGISTRY_USERNAME, REGISTRY_PASSWORD)),
                login(answers, LICENSE_USERNAME, LICENSE_PASSWORD)
                        .map(login -> new PlatformConfiguration.License(
                                login,
                                answers.find(LICENSE_SIGNATURE),
                                answers.find(LICENSE_EMAIL),
                                day(answers.get(LICENSE_EXPIRES)))),
                new PlatformConfiguration.Given(
                        answers.find(JWT_SIGNING_KEY),
                        answers.find(IPFS_CLUSTER_SECRET),
                        answers.find(STATE_ENCRYPTION_KEY)),
                new PlatformConfiguration.Target(
                        answers.get(TARGET_ID),
                        answers.get(TARGET_NAME),
                        answers.get(TARGET_ICON),
                        answers.get(CLUSTER_NAME),
                        Double.parseDouble(answers.get(LATITUDE)),
                        Double.parseDouble(answers.get(LONGITUDE)),
                        answers.get(FIRST_NODE_PORT),
                        answers.get(LAST_NODE_PORT)),
                answers.find(EMAIL_HOST)
                        .map(host -> new PlatformConfiguration.Email(
                                answers.get(EMAIL_FROM),
                                host,
                                answers.get(EMAIL_PORT),
                                login(answers, EMAIL_USERNAME, EMAIL_PASSWORD))),
                answers.find(GOOGLE_ID).map(id -> new PlatformConfiguration.Google(id, answers.get(GOOGLE_SECRET))),
                answers.find(STORAGE_CLASS),
                answers.find(VALUES_FILE).map(Path::of));
    }

    private static Optional<Login> login(Answers answers, Question<String> username, Question<Secret> password) {
        return answers.find(username).map(name -> new Login(name, answers.get(password)));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("license.expirationDate is a day that exists, not " + text, wrong);
        }
    }
}
