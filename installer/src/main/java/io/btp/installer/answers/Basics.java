package io.btp.installer.answers;

import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.api.Answers;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Form;
import io.btp.installer.api.Login;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands beside the slots: installation, connection, trusted plugins. */
final class Basics {
    private static final Question<String> NAME = Question.label("name", "name of the installation")
            .between(1, 20)
            .matching("[a-z]([a-z0-9-]*[a-z0-9])?", "acme")
            .because("it is in every name and owner label");
    private static final Question<String> DOMAIN = Question.host("domain", "host name that people open the platform by")
            .matching("(?=.*[a-z])[a-z0-9.-]+", "btp.acme.example");
    private static final String HTTP = "http://[^/?#]+/?";
    private static final Question<URI> PROXY = Question.url("proxy", "HTTP proxy")
            .matching(HTTP, "http://proxy.acme.example:3128")
            .optional();
    private static final Question<URI> PROXY_URL = Question.url("proxy.url", "HTTP proxy that asks for a login")
            .matching(HTTP, "http://proxy.acme.example:3128")
            .optional();
    private static final Question<String> PROXY_USERNAME = user("proxy.username", "who the proxy lets through");
    private static final Question<Secret> PROXY_PASSWORD =
            Question.secret("proxy.password", "password for the proxy").optional();
    private static final Question<List<String>> NO_PROXY = Question.texts("noProxy", "what is reached without it")
            .example("[.acme.example]")
            .defaultsTo(List.of());
    private static final Question<String> CA_FILE = Question.path("caFile", "file of trusted authorities")
            .example("/etc/ssl/acme-ca.pem")
            .optional();
    private static final String REGISTRY = "[a-z0-9.-]+(:[0-9]{1,5})?(/[a-z0-9._/-]+)?";
    private static final Question<String> MIRROR = Question.text("registryMirror", "registry of images and charts")
            .matching(REGISTRY, "registry.acme.example/mirror")
            .optional();
    private static final Question<String> MIRROR_REGISTRY = Question.text(
                    "registryMirror.registry", "registry of images and charts that asks for a login")
            .matching(REGISTRY, "registry.acme.example/mirror")
            .optional();
    private static final Question<String> MIRROR_USERNAME =
            user("registryMirror.username", "who pulls from the mirror");
    private static final Question<Secret> MIRROR_PASSWORD = Question.secret(
                    "registryMirror.password", "password for the mirror")
            .optional();
    private static final Question<String> PROBE_IMAGE = Question.text("probeImage", "image with curl")
            .example(Connection.CURL)
            .because("endpoints are looked at from a pod, too")
            .help("pulled as it stands; the usual image comes from the registry mirror, where there is one")
            .optional();

    /** What is asked of an installation. */
    static final List<Question<?>> INSTALLATION = List.of(NAME, DOMAIN);

    /** What is asked of how the world is reached. */
    static final List<Question<?>> CONNECTION = List.of(
            PROXY,
            PROXY_URL,
            PROXY_USERNAME,
            PROXY_PASSWORD,
            NO_PROXY,
            CA_FILE,
            MIRROR,
            MIRROR_REGISTRY,
            MIRROR_USERNAME,
            MIRROR_PASSWORD,
            PROBE_IMAGE);

    private final Decoder decoder;
    private final Problems problems;
    private final Canonical canonical;

    Basics(Decoder decoder, Problems problems, Canonical canonical) {
        this.decoder = decoder;
        this.problems = problems;
        this.canonical = canonical;
    }

    /** Name and domain. */
    record Identity(String name, String domain) {}

    private static Question<String> user(String key, String title) {
        return Question.text(key, title).matching("[^:\\s]+", "acme").optional();
    }

    void version(Mapping root) {
        var version = root.find(Sections.VERSION);
        if (version.isEmpty()) {
            problems.add(AnswerProblem.of(
                    root.where(),
                    Sections.VERSION,
                    "is missing",
                    "Begin with \"apiVersion: " + AnswersTree.API_VERSION + "\""));
        }
        version.map(Node.Entry::value)
                .filter(it -> !(it instanceof Node.Scalar text && text.text().equals(AnswersTree.API_VERSION)))
                .filter(it -> !(it instanceof Node.Refused))
                .ifPresent(it -> problems.add(AnswerProblem.of(
                        it.where(),
                        Sections.VERSION,
                        "is " + it.found() + ", expected " + AnswersTree.API_VERSION,
                        "Use the program of that version, or \"btp answers migrate\"")));
        canonical.put(
                Sections.VERSION,
                AnswersTree.API_VERSION,
                version.map(it -> it.value().where()).orElse(root.where()));
    }

    Optional<Identity> identity(Mapping installation) {
        var form = Form.of(
                given -> new Identity(given.get(NAME), given.get(DOMAIN)), INSTALLATION.toArray(Question<?>[]::new));
        return read(form, Sections.INSTALLATION, installation);
    }

    Optional<Connection> connection(Mapping connection) {
        var form = Form.of(given -> given, CONNECTION.toArray(Question<?>[]::new))
                .rule(
                        "proxy.url with username and password",
                        given -> whole(given, PROXY_URL, PROXY_USERNAME, PROXY_PASSWORD),
                        PROXY_URL,
                        PROXY_USERNAME,
                        PROXY_PASSWORD)
                .rule(
                        "registryMirror.registry with username and password",
                        given -> whole(given, MIRROR_REGISTRY, MIRROR_USERNAME, MIRROR_PASSWORD),
                        MIRROR_REGISTRY,
                        MIRROR_USERNAME,
                        MIRROR_PASSWORD);
        return read(form, Sections.CONNECTION, connection).flatMap(given -> connected(given, connection));
    }

    /** The long form has an address, and a login as a whole or none. */
    private static Optional<String> whole(
            Answers given, Question<?> address, Question<String> username, Question<Secret> password) {
        var hasUser = given.find(username).isPresent();
        var hasPassword = given.find(password).isPresent();
        if (hasUser != hasPassword) {
            return Optional.of(username.key() + " and " + password.key() + " are given together or not at all");
        }
        return hasUser && given.find(address).isEmpty()
                ? Optional.of(address.key() + " is missing beside the login")
                : Optional.empty();
    }

    private <C> Optional<C> read(Form<C> form, String path, Mapping mapping) {
        var reader = new FormReader<>(form, path, decoder, problems);
        var read = reader.read(mapping, Set.of());
        reader.inForce().forEach((key, answer) -> canonical.put(path + "." + key, answer.plain(), answer.where()));
        return read;
    }

    private Optional<Connection> connected(Answers given, Mapping connection) {
        var file = given.find(CA_FILE);
        var where = connection.find(CA_FILE.key()).map(it -> it.value().where()).orElse(connection.where());
        var authority = file.flatMap(path -> authorities(Path.of(path), where));
        if (file.isPresent() && authority.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                given.find(PROXY_URL).or(() -> given.find(PROXY)),
                given.get(NO_PROXY),
                authority,
                given.find(MIRROR_REGISTRY).or(() -> given.find(MIRROR)),
                login(given, PROXY_USERNAME, PROXY_PASSWORD),
                login(given, MIRROR_USERNAME, MIRROR_PASSWORD),
                given.find(PROBE_IMAGE).orElse(Connection.CURL)));
    }

    private static Optional<Login> login(Answers given, Question<String> username, Question<Secret> password) {
        return given.find(username).map(name -> new Login(name, given.get(password)));
    }

    private Optional<String> authorities(Path file, Provenance where) {
        try (var stream = Files.newInputStream(file)) {
            var content = stream.readNBytes(AnswersFile.LARGEST);
            var pem = new String(content, StandardCharsets.US_ASCII);
            if (pem.contains("PRIVATE KEY-----")) {
                return refused(where, "holds a private key, expected certificates only: " + file);
            }
            if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
                return refused(where, "holds no certificate in PEM: " + file);
            }
            CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            return Optional.of(pem);
        } catch (CertificateException invalid) {
            return refused(where, "holds a certificate that cannot be read: " + file);
        } catch (IOException fault) {
            return refused(where, "cannot be read (" + fault.getClass().getSimpleName() + "): " + file);
        }
    }

    private Optional<String> refused(Provenance where, String what) {
        problems.add(AnswerProblem.of(
                where,
                Sections.CONNECTION + "." + CA_FILE.key(),
                what,
                "Name a file of PEM certificates (-----BEGIN CERTIFICATE-----)"));
        return Optional.empty();
    }

    Map<String, String> trust(Sections sections, Mapping plugins) {
        plugins.entries().forEach((key, entry) -> {
            if (!key.equals("trust")) {
                Sections.unknown(problems, entry, Sections.PLUGINS, key, Set.of("trust"));
            }
        });
        var trust = new LinkedHashMap<String, String>();
        sections.mapping(plugins, "trust", Sections.PLUGINS).entries().forEach((name, entry) -> {
            var digest =
                    Question.text("trust", "digest").matching(AnswersTree.DIGEST.pattern(), "sha256:" + "0".repeat(64));
            decoder.decode(digest, entry.value(), "plugins.trust." + Shown.cut(name))
                    .ifPresent(answer -> {
                        trust.put(name, (String) answer.value());
                        canonical.put(List.of(Sections.PLUGINS, "trust", name), answer.plain(), answer.where());
                    });
        });
        return trust;
    }
}
